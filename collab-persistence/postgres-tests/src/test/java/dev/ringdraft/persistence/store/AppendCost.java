package dev.ringdraft.persistence.store;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Measures what an append costs (decide, commit) to a draft of 10 and to one of 10,000 segments:
 * the one hot draft by one thread, and 8 and 32 drafts by a thread each. Run its main method; it is
 * no test. Of {@value #ROUNDS} rounds each it prints the smallest, the median and the largest.
 */
public final class AppendCost {
  private static final int SMALL = 10;
  private static final int LARGE = 10_000;
  private static final List<Integer> THREADS = List.of(1, 8, 32);
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final String CONTENT = "So they wrote on, by turns. ".repeat(10);

  private final DraftCommands commands;

  private AppendCost(Database database) {
    commands =
        new DraftCommands(
            database.eventStore(),
            CommitListener.none(),
            new DraftLimits(200, 500, 100, 1_000_000),
            IdSource.random());
  }

  public static void main(String[] arguments) throws Exception {
    DatabaseSettings fresh = TestPostgres.freshDatabase();
    DatabaseSettings settings =
        DatabaseSettings.of(fresh.url(), fresh.user(), fresh.password(), THREADS.getLast());
    try (Database database = Database.open(settings)) {
      AppendCost cost = new AppendCost(database);
      cost.grow(cost.begin(), 3_000); // warm up
      System.out.println("| segments before | drafts | appends/s | p50 ms | p99 ms |");
      System.out.println("|---|---|---|---|---|");
      for (int threads : THREADS) {
        for (int segments : List.of(SMALL, LARGE)) {
          cost.print(segments, cost.drafts(threads, segments));
        }
      }
    }
  }

  private List<DraftId> drafts(int count, int segments) throws Exception {
    List<DraftId> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(begin());
    }
    inParallel(drafts, draft -> grow(draft, segments));
    return drafts;
  }

  private void print(int segments, List<DraftId> drafts) throws Exception {
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      long end = begin + ROUND.toNanos();
      List<long[]> parts = inParallel(drafts, draft -> growUntil(draft, end));
      double seconds = (System.nanoTime() - begin) / 1e9;
      long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      rounds.add(
          new double[] {
            all.length / seconds, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6
          });
    }
    System.out.printf(
        "| %,d | %d | %s | %s | %s |%n",
        segments,
        drafts.size(),
        spread(rounds, 0, "%,.0f"),
        spread(rounds, 1, "%.2f"),
        spread(rounds, 2, "%.2f"));
  }

  private static String spread(List<double[]> rounds, int figure, String format) {
    double[] sorted = rounds.stream().mapToDouble(round -> round[figure]).sorted().toArray();
    return String.join(" / ", Collections.nCopies(3, format))
        .formatted(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static List<long[]> inParallel(List<DraftId> drafts, Growing growing)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(drafts.size())) {
      List<Future<long[]>> pending = new ArrayList<>();
      for (DraftId draft : drafts) {
        pending.add(threads.submit(() -> growing.grow(draft)));
      }
      List<long[]> results = new ArrayList<>();
      for (Future<long[]> each : pending) {
        results.add(each.get());
      }
      return results;
    }
  }

  private DraftId begin() {
    CreateDraft create = new CreateDraft(Cast.ANA, Instant.now(), NewDraft.titled(Cast.TITLE));
    return committed(commands.create(create, CommandOptions.none())).draft();
  }

  /** Appends so many segments, and tells how long each took, in nanoseconds. */
  private long[] grow(DraftId draft, int appends) {
    return LongStream.generate(() -> append(draft)).limit(appends).toArray();
  }

  private long[] growUntil(DraftId draft, long end) {
    return LongStream.generate(() -> append(draft))
        .takeWhile(took -> System.nanoTime() < end)
        .toArray();
  }

  private long append(DraftId draft) {
    SegmentId segment = new SegmentId(UUID.randomUUID().toString());
    long begin = System.nanoTime();
    committed(
        commands.handle(
            draft,
            new AppendSegment(Cast.ANA, Instant.now(), new NewSegment(segment, CONTENT), null),
            CommandOptions.none()));
    return System.nanoTime() - begin;
  }

  private static Committed committed(Object outcome) {
    if (outcome instanceof Committed committed) {
      return committed;
    }
    throw new IllegalStateException(outcome.toString());
  }

  @FunctionalInterface
  private interface Growing {
    long[] grow(DraftId draft);
  }
}
