package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.DatabaseState;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.presence.Present;
import dev.ringdraft.testing.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of {@code docs/how-to/deploy.md} and {@code back-up.md}, run on a PostgreSQL. */
@Tag("long")
final class OperationsExamplesTest {
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");
  private static final String PASSWORD = "…";

  @TempDir private Path folder;
  private EmbeddedPostgres postgres;
  private DatabaseSettings administrator;
  private List<String> examples;

  @BeforeEach
  void prepare_as_is_written() throws IOException, SQLException {
    examples =
        Stream.of("docs/how-to/deploy.md", "docs/how-to/back-up.md")
            .flatMap(OperationsExamplesTest::sqlOf)
            .toList();
    postgres = EmbeddedPostgres.start(folder.resolve("data"));
    administrator = DatabaseSettings.of(postgres.url(), postgres.user(), postgres.password(), 2);
    // The embedded server's own user is called as the one of the example.
    run(
        administrator,
        examples
            .get(0)
            .replace("role ringdraft", "role ringdraft_owner")
            .replace("owner ringdraft", "owner ringdraft_owner"));
    Database.open(drafts("ringdraft_owner")).close();
  }

  private static Stream<String> sqlOf(String page) {
    try {
      return Document.at(page).fenced("sql").stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  @Test
  void a_server_needs_no_more_than_the_grants_of_the_example() throws SQLException {
    run(
        DatabaseSettings.of(url(), administrator.user(), administrator.password(), 2),
        examples.get(1));

    try (Database database = Database.open(drafts("ringdraft_server"))) {
      DraftCommands commands =
          new DraftCommands(
              database.eventStore(),
              CommitListener.none(),
              DraftLimits.defaults(),
              IdSource.random());
      DraftId draft =
          assertInstanceOf(
                  Committed.class, commands.create(Commands.begin(ANA), CommandOptions.none()))
              .draft();
      for (var command :
          List.of(
              Commands.add(ANA, BEN, Role.CONTRIBUTOR),
              Commands.append(ANA),
              Commands.pass(ANA, BEN),
              Commands.leave(BEN),
              Commands.title(ANA, "Another"))) {
        assertInstanceOf(Committed.class, commands.handle(draft, command, CommandOptions.none()));
      }
      assertEquals(7, database.eventStore().readAfter(draft, 0, 10).size());
      assertEquals(1, database.catalog().draftsOf(ANA, null, 10).drafts().size());
      assertDoesNotThrow(() -> showSomebody(draft, database.presenceStore()));
      assertEquals(DatabaseState.WRITABLE, database.state());
    }
    assertThrows(
        SQLException.class, () -> run(drafts("ringdraft_server"), "delete from draft_event"));
  }

  private static void showSomebody(DraftId draft, PresenceStore board) {
    Present ana = new Present(ANA, 1, Instant.EPOCH, Activity.VIEWING);
    board.publish(Map.of(draft, new PresenceState(List.of(ana), 0)));
    board.readOthers(Set.of(draft));
    board.publish(Map.of());
  }

  @Test
  void renewing_the_epoch_makes_another_history() throws SQLException {
    Epoch before = epoch();
    run(drafts("ringdraft_owner"), examples.get(2));

    assertNotEquals(before, epoch());
  }

  private Epoch epoch() {
    try (Database database = Database.open(drafts("ringdraft_owner"))) {
      return database.eventStore().epoch();
    }
  }

  private DatabaseSettings drafts(String user) {
    return DatabaseSettings.of(url(), user, PASSWORD, 2);
  }

  private String url() {
    return administrator.url().replaceFirst("/postgres$", "/drafts");
  }

  private static void run(DatabaseSettings database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      for (String each : sql.split(";\\s*", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }
}
