package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.member.Role;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database is reached through a pooler that shares its connections. */
@Tag("long")
@Timeout(120)
class PgBouncerTest {
  private static final int WRITERS = 8;
  private static final int COMMITS = 30;

  private static Path program;

  @BeforeAll
  static void findProgram() {
    Optional<Path> found = PgBouncer.program();
    if (found.isEmpty()) {
      System.out.println("SKIPPED PgBouncerTest: no pgbouncer here (Debian package pgbouncer)");
    }
    assumeTrue(found.isPresent(), "pgbouncer is not installed");
    program = found.orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction", "session"})
  void every_commit_of_many_writers_succeeds(String mode) throws IOException {
    DatabaseSettings direct = TestPostgres.emptyDatabase();
    try (PgBouncer pooler = PgBouncer.start(program, direct, mode);
        Database database = Database.open(pooler.behind(direct, ""))) {
      List<DraftFixture> drafts = Concurrently.atOnce(WRITERS, i -> write(database));

      for (DraftFixture draft : drafts) {
        assertEquals(draft.events(), database.eventStore().readAfter(draft.id(), 0, 1_000));
        assertEquals(
            draft.summary(), database.catalog().summary(draft.id(), Cast.ANA).orElseThrow());
      }
    }
  }

  private static DraftFixture write(Database database) {
    DraftFixture draft =
        DraftFixture.of(database.eventStore(), DraftFixture.freshId(), Cast.ANA).begun();
    for (int i = 0; i < COMMITS; i++) {
      draft.commit(draft.segment("segment " + i));
      draft.commit(draft.updated("Title " + i, null));
    }
    draft.commit(draft.added(Cast.BEN, Role.CONTRIBUTOR));
    return draft;
  }

  @Test
  void a_pool_of_the_service_that_keeps_statements_prepared_is_refused() throws IOException {
    DatabaseSettings direct = TestPostgres.emptyDatabase();
    try (PgBouncer pooler = PgBouncer.start(program, direct, "transaction")) {
      PGSimpleDataSource connections = new PGSimpleDataSource();
      connections.setURL(pooler.behind(direct, "").url());
      connections.setUser(direct.user());
      connections.setPassword(direct.password());

      String message =
          String.valueOf(
              assertThrows(DatabaseRefusedException.class, () -> Database.of(connections).migrate())
                  .getMessage());

      assertTrue(message.endsWith("add prepareThreshold=0 to its URL"), message);

      connections.setPrepareThreshold(0);
      try (Database database = Database.of(connections).migrate()) {
        write(database);
      }
    }
  }
}
