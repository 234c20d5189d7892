package dev.ringdraft.persistence.turn;

import dev.ringdraft.contract.TurnDeadlinesContract;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The deadlines on PostgreSQL keep the promises that all deadlines make. */
class PostgresTurnDeadlinesContractTest extends TurnDeadlinesContract {
  private static Database database;

  @BeforeAll
  static void open() throws SQLException {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    TestPostgres.execute(settings, "update turn_watch set looked_at = clock_timestamp()");
    database = Database.open(settings);
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
  protected TurnDeadlines deadlines() {
    return database.turnDeadlines();
  }
}
