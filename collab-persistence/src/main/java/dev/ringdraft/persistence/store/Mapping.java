package dev.ringdraft.persistence.store;

import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** The tables as Hibernate knows them. */
public final class Mapping {
  private Mapping() {}

  /** Builds the mapping. Opens no connection: the statements are PostgreSQL's, of any version. */
  public static SessionFactory of(DataSource connections, Schema schema) {
    HibernatePersistenceConfiguration mapping =
        new HibernatePersistenceConfiguration("ringdraft")
            .managedClasses(DraftRow.class, MemberRow.class, EventRow.class)
            .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, connections)
            .property(AvailableSettings.ALLOW_METADATA_ON_BOOT, false)
            .property(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL")
            .property(AvailableSettings.LOG_JDBC_ERRORS, false);
    if (schema.name() != null) {
      mapping.property(AvailableSettings.DEFAULT_SCHEMA, schema.name());
    }
    return mapping.createEntityManagerFactory();
  }

  /** The history that the revisions of this database count in. */
  public static Epoch epoch(Sessions sessions, Schema schema) {
    return new Epoch(
        sessions.read(
            session ->
                session
                    .createNativeQuery(schema.in("select epoch from {schema}history"), String.class)
                    .getSingleResult()));
  }
}
