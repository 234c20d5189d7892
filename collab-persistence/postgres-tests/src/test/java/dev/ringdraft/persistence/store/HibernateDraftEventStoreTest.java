package dev.ringdraft.persistence.store;

import dev.ringdraft.contract.DraftEventStoreContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on PostgreSQL keeps the promises that every store makes. */
class HibernateDraftEventStoreTest extends DraftEventStoreContract {
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
}
