package dev.ringdraft.persistence;

import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftEventStoreContract;
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
