package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import dev.ringdraft.timer.TurnTimer;
import dev.ringdraft.turn.TurnPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class TimerTest {
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");

  private final CompletableFuture<RingPassed> passed = new CompletableFuture<>();

  @Test
  void a_turn_ends_by_its_deadline(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(postgres.url());
      source.setUser(postgres.user());
      source.setPassword(postgres.password());
      try (Database database = Database.of(source).migrate()) {
        DraftCommands commands =
            new DraftCommands(
                database.eventStore(),
                events -> {
                  if (events.getLast().event() instanceof RingPassed end) {
                    passed.complete(end);
                  }
                },
                DraftLimits.defaults(),
                IdSource.random());
        // begin timer
        TurnTimer timer =
            TurnTimer.builder(
                    new TurnTimeouts(commands, database.turnDeadlines(), database.clock()))
                .start();
        // end timer
        try (timer) {
          createDraft(commands, database.clock().instant().minusSeconds(8));

          assertEquals(BEN, passed.get(20, TimeUnit.SECONDS).to());
        }
      }
    }
  }

  /** A draft whose turns last ten seconds. */
  private static void createDraft(DraftCommands commands, Instant at) {
    TurnPolicy policy = TurnPolicy.defaults().lasting(Duration.ofSeconds(10));
    CreateDraft create = new CreateDraft(ANA, at, NewDraft.titled("Night train").under(policy));
    DraftId draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
    AddCollaborator add = new AddCollaborator(ANA, at, BEN, Role.CONTRIBUTOR);
    commands.handle(draft, add, CommandOptions.none());
  }
}
