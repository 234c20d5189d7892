package dev.ringdraft.persistence.store;

import dev.ringdraft.contract.DraftCatalogContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.view.DraftCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The catalog on PostgreSQL keeps the promises that every catalog makes. */
class HibernateDraftCatalogTest extends DraftCatalogContract {
  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.open(TestPostgres.freshDatabase());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected DraftEventStore store() {
    return database.eventStore();
  }

  @Override
  protected DraftCatalog catalog() {
    return database.catalog();
  }
}
