package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A standby takes the place of the primary, on real servers with replication. */
@Tag("long")
final class FailoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

  private static Path programs;

  @BeforeAll
  static void findPrograms() {
    Optional<Path> found = PostgresPair.programs();
    if (found.isEmpty()) {
      System.out.println("SKIPPED FailoverTest: no pg_basebackup here (Debian package postgresql)");
    }
    assumeTrue(found.isPresent(), "PostgreSQL is not installed");
    programs = found.orElseThrow();
  }

  /** Sends a command again until the store answers, as a client does. */
  private static Committed committed(Supplier<Outcome> command) {
    Deadline end = Deadline.after(BACK_WITHIN);
    while (true) {
      try {
        return assertInstanceOf(Committed.class, command.get());
      } catch (StoreUnavailableException unavailable) {
        if (end.isOver()) {
          throw unavailable;
        }
      }
    }
  }

  @Test
  void a_commit_that_no_standby_has_is_not_acknowledged_after_a_crash() throws IOException {
    try (Site site = Site.start(true)) {
      committed(() -> site.append(Cast.ANA, "k1"));
      Epoch before = site.epoch();
      site.pair().second().stop();

      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k2"));
      site.pair().first().restart();
      // The primary shows it now, from its own log.
      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k2"));
      assertThrows(StoreUnavailableException.class, site::texts);

      site.failOver();
      committed(() -> site.append(Cast.ANA, "k3"));

      assertEquals(List.of("k1", "k3"), site.texts());
      assertNotEquals(before, site.epoch());
      assertFalse(committed(() -> site.append(Cast.ANA, "k2")).replayed());
      assertEquals(List.of("k1", "k3", "k2"), site.texts());
    }
  }

  @Test
  void a_commit_that_was_in_doubt_is_acknowledged_when_the_standby_is_back() throws IOException {
    try (Site site = Site.start(true)) {
      site.pair().second().stop();
      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k1"));
      site.pair().first().restart();
      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k1"));

      site.pair().second().start();

      committed(() -> site.append(Cast.ANA, "k1"));
      assertEquals(List.of("k1"), site.texts());
    }
  }

  @Test
  void the_old_primary_beside_the_new_one_acknowledges_nothing() throws IOException {
    try (Site site = Site.start(true)) {
      committed(() -> site.append(Cast.ANA, "k1"));
      site.pair().second().stop();
      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k2"));
      site.failOver();
      committed(() -> site.append(Cast.ANA, "k3"));

      site.pair().first().start();

      DatabaseSettings stale = PostgresPair.settings(site.pair().first().address());
      assertThrows(RuntimeException.class, () -> Database.open(stale).close());
      for (int i = 0; i < 5; i++) {
        String key = "beside-" + i;
        committed(() -> site.append(Cast.ANA, key));
      }
      assertEquals(
          List.of("k1", "k3", "beside-0", "beside-1", "beside-2", "beside-3", "beside-4"),
          site.texts());
    }
  }

  @Test
  void a_cancelled_wait_for_the_standby_is_a_commit_in_doubt() throws IOException {
    try (Site site = Site.start(true)) {
      site.pair().second().stop();
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (site.pair()
                        .first()
                        .query(
                            "select count(pg_cancel_backend(pid)) from pg_stat_activity"
                                + " where wait_event = 'SyncRep'")
                        .equals("0")) {
                      Thread.onSpinWait();
                    }
                  });

      assertThrows(StoreUnavailableException.class, () -> site.append(Cast.ANA, "k1"));
      canceller.interrupt();
    }
  }

  /** Replication without waiting may lose commits; nobody may take the next ones for them. */
  @Test
  void a_lost_commit_of_asynchronous_replication_shows_in_the_epoch() throws IOException {
    try (Site site = Site.start(false)) {
      committed(
          () ->
              site.send(
                  "add", new AddCollaborator(Cast.ANA, Cast.NOW, Cast.BEN, Role.CONTRIBUTOR)));
      site.pair().first().awaitReplayed();
      Epoch before = site.epoch();
      site.pair().second().stop();
      committed(() -> site.send("pass", new PassRing(Cast.ANA, Cast.NOW, Cast.BEN, null)));

      site.failOver();

      // The ring is Ana's again, whatever this server remembers.
      committed(() -> site.append(Cast.ANA, "k1"));
      assertNotEquals(before, site.epoch());
      assertInstanceOf(Outcome.Refused.class, site.append(Cast.BEN, "k2"));
      assertEquals(List.of("k1"), site.texts());
    }
  }

  /** A server of drafts on a pair of database servers, with one draft of Ana's. */
  private record Site(PostgresPair pair, Database database, DraftCommands commands, DraftId draft)
      implements AutoCloseable {
    static Site start(boolean synchronous) throws IOException {
      PostgresPair pair = PostgresPair.start(programs, synchronous);
      Database database = Database.open(pair.settings());
      DraftCommands commands =
          new DraftCommands(
              database.eventStore(),
              CommitListener.none(),
              new DraftLimits(200, 500, 100, 10_000),
              IdSource.random());
      CreateDraft create = new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE));
      Committed created = (Committed) commands.create(create, CommandOptions.none());
      return new Site(pair, database, commands, created.draft());
    }

    Outcome append(UserId author, String key) {
      SegmentId id = new SegmentId(UUID.randomUUID().toString());
      return send(key, new AppendSegment(author, Cast.NOW, new NewSegment(id, key), null));
    }

    Outcome send(String key, DraftCommand command) {
      return commands.handle(
          draft,
          command,
          new CommandOptions(new IdempotencyKey(key), null, Deadline.after(PATIENCE)));
    }

    void failOver() {
      pair.first().stop();
      pair.second().start();
      pair.second().promote();
    }

    Epoch epoch() {
      return database.eventStore().epoch();
    }

    List<String> texts() {
      return database.eventStore().readAfter(draft, 0, 100).stream()
          .map(RecordedEvent::event)
          .filter(SegmentAdded.class::isInstance)
          .map(event -> ((SegmentAdded) event).segment().content())
          .toList();
    }

    @Override
    public void close() {
      database.close();
      pair.close();
    }
  }
}
