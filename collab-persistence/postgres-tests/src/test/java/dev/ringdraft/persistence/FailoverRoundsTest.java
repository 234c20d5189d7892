package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.ResumePoint;
import dev.ringdraft.room.RoomHub;
import dev.ringdraft.room.Subscriber;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.room.Subscription;
import dev.ringdraft.room.SubscriptionOptions;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Round after round the primary is killed and its synchronous standby promoted, while eight writers
 * append and fifty subscribers watch. Another number of rounds: {@code
 * -Dringdraft.failover.rounds=5}.
 */
@Tag("long")
final class FailoverRoundsTest {
  private static final int ROUNDS = Integer.getInteger("ringdraft.failover.rounds", 20);
  private static final int WRITERS = 8;
  private static final int SUBSCRIBERS = 50;
  private static final Duration COMMAND = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final Duration PROMISE = Duration.ofSeconds(5);

  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final AtomicLong lastCommit = new AtomicLong();

  @Test
  void nothing_acknowledged_is_lost_and_no_subscriber_sees_two_histories() throws Exception {
    Optional<Path> programs = PostgresPair.programs();
    if (programs.isEmpty()) {
      System.out.println(
          "SKIPPED FailoverRoundsTest: no pg_basebackup (Debian package postgresql)");
    }
    assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    try (PostgresPair pair = PostgresPair.start(programs.get(), true);
        Database database = Database.open(pair.settings());
        RoomHub hub = RoomHub.builder(database.eventStore()).start()) {
      DraftCommands commands =
          new DraftCommands(
              database.eventStore(),
              hub,
              new DraftLimits(200, 500, 100, 1_000_000),
              IdSource.random());
      List<Writer> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(new Writer(commands));
      }
      List<Watcher> watchers = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        watchers.add(new Watcher(hub, database.eventStore(), writers.get(i % WRITERS).draft));
      }
      List<Thread> threads = writers.stream().map(Thread.ofVirtual()::start).toList();

      List<Long> outages = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        failOver(pair, outages);
      }
      writing.set(false);
      for (Thread thread : threads) {
        thread.join();
      }

      int acknowledged = check(writers, watchers, database.eventStore());
      System.out.printf(
          "%d rounds: %d acknowledged, %d answers without, %d snapshots of %d subscribers,"
              + " commits again %s ms after the promotion%n",
          ROUNDS, acknowledged, unavailable.get(), snapshots.get(), SUBSCRIBERS, outages);
    }
  }

  private void failOver(PostgresPair pair, List<Long> outages) throws IOException {
    long before = lastCommit.get();
    Eventually.until(() -> lastCommit.get() > before);
    pair.first().stop();
    pair.second().promote();
    long promoted = System.nanoTime();
    Eventually.until(() -> lastCommit.get() > promoted);
    long outage = Duration.ofNanos(lastCommit.get() - promoted).toMillis();
    outages.add(outage);
    assertTrue(outage < PROMISE.toMillis(), "no commit for " + outage + " ms");
    pair.swap();
  }

  private static int check(List<Writer> writers, List<Watcher> watchers, DraftEventStore store) {
    int acknowledged = 0;
    for (Writer writer : writers) {
      List<RecordedEvent> log = store.readAfter(writer.draft, 0, 1_000_000);
      Set<RecordedEvent> stored = new HashSet<>(log);
      assertEquals(log.size(), stored.size());
      for (RecordedEvent event : writer.acknowledged) {
        assertTrue(stored.contains(event), () -> "lost: " + event);
      }
      acknowledged += writer.acknowledged.size();
      assertEquals(writer.acknowledged.size() + 1, log.size(), "each append once, and the start");
    }
    for (Watcher watcher : watchers) {
      List<RecordedEvent> log = store.readAfter(watcher.draft, 0, 1_000_000);
      Eventually.until(() -> watcher.seen() >= log.size());
      assertEquals(log, watcher.run());
    }
    return acknowledged;
  }

  /** Appends one segment after the other, each until it is acknowledged. */
  private final class Writer implements Runnable {
    private final DraftCommands commands;
    private final DraftId draft;
    private final List<RecordedEvent> acknowledged = new ArrayList<>();

    Writer(DraftCommands commands) {
      this.commands = commands;
      this.draft =
          ((Committed)
                  commands.create(
                      new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE)),
                      CommandOptions.none()))
              .draft();
    }

    @Override
    public void run() {
      for (int i = 0; writing.get(); i++) {
        String id = "segment-" + i;
        NewSegment segment = new NewSegment(new SegmentId(id), "Text " + i);
        Committed committed = null;
        while (committed == null) {
          committed = attempt(new AppendSegment(Cast.ANA, Cast.NOW, segment, null), id);
        }
        acknowledged.addAll(committed.events());
        lastCommit.set(System.nanoTime());
      }
    }

    private @Nullable Committed attempt(AppendSegment append, String key) {
      try {
        return (Committed)
            commands.handle(
                draft,
                append,
                new CommandOptions(new IdempotencyKey(key), null, Deadline.after(COMMAND)));
      } catch (StoreUnavailableException without) {
        unavailable.incrementAndGet();
        return null;
      }
    }
  }

  /** Follows a draft as a client does: it resumes, or reads the draft again when it is told to. */
  private final class Watcher implements SubscriberConnection {
    private final RoomHub hub;
    private final DraftEventStore store;
    private final DraftId draft;
    private final List<RecordedEvent> run = new ArrayList<>();
    private @Nullable String epoch;

    Watcher(RoomHub hub, DraftEventStore store, DraftId draft) {
      this.hub = hub;
      this.store = store;
      this.draft = draft;
      connect();
    }

    synchronized int seen() {
      return run.size();
    }

    synchronized List<RecordedEvent> run() {
      return List.copyOf(run);
    }

    private synchronized void connect() {
      Subscription subscription = hub.admit(draft, Cast.ANA, 0).orElseThrow();
      String present = subscription.version().epoch().value();
      Subscriber subscriber =
          subscription.subscribe(
              this,
              new SubscriptionOptions(new ResumePoint(run.size(), epoch), true, false, false));
      if (subscriber.startPosition().snapshotRequired()) {
        snapshots.incrementAndGet();
        run.clear();
        run.addAll(store.readAfter(draft, 0, Math.toIntExact(subscriber.startPosition().from())));
      }
      epoch = present;
      subscriber.start();
    }

    @Override
    public synchronized void write(Batch batch, Completion completion) {
      for (Delivery delivery : batch.deliveries()) {
        RecordedEvent event = Objects.requireNonNull(delivery.event());
        assertEquals(run.size() + 1, event.revision());
        run.add(event);
      }
      completion.written();
    }

    @Override
    public void close(CloseCode code) {
      Thread.ofVirtual().start(this::reconnect);
    }

    private void reconnect() {
      while (true) {
        try {
          connect();
          return;
        } catch (StoreUnavailableException notYet) {
          LockSupport.parkNanos(RETRY.toNanos());
        }
      }
    }
  }
}
