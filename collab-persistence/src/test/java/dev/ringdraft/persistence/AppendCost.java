package dev.ringdraft.persistence;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.Cast;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.segment.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what an append costs (load, decide, commit) to a draft of 10 and to one of 10,000
 * segments, by one thread, and by 8 threads with a draft each. Run its main method; it is no test.
 */
public final class AppendCost {
  private static final int SMALL = 10;
  private static final int LARGE = 10_000;
  private static final int THREADS = 8;
  private static final int ROUNDS = 3;
  private static final int APPENDS = 500;
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
    try (Database database = Database.open(TestPostgres.freshDatabase())) {
      AppendCost cost = new AppendCost(database);
      cost.grow(cost.begin(), 3_000); // warm up
      System.out.println("| segments before | threads | appends/s | p50 ms | p99 ms |");
      System.out.println("|---|---|---|---|---|");
      DraftId large = cost.begin();
      cost.grow(large, LARGE);
      for (int round = 0; round < ROUNDS; round++) {
        DraftId small = cost.begin();
        cost.grow(small, SMALL);
        cost.print(SMALL, List.of(small));
        cost.print(LARGE, List.of(large));
      }
      cost.print(SMALL, cost.drafts(SMALL));
      cost.print(LARGE, cost.drafts(LARGE));
    }
  }

  private List<DraftId> drafts(int segments) throws Exception {
    List<DraftId> drafts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      drafts.add(begin());
    }
    inParallel(drafts, draft -> grow(draft, segments));
    return drafts;
  }

  private void print(int segments, List<DraftId> drafts) throws Exception {
    long begin = System.nanoTime();
    List<long[]> parts = inParallel(drafts, draft -> grow(draft, APPENDS));
    double seconds = (System.nanoTime() - begin) / 1e9;
    long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "| %,d | %d | %,.0f | %.2f | %.2f |%n",
        segments,
        drafts.size(),
        all.length / seconds,
        all[all.length / 2] / 1e6,
        all[all.length * 99 / 100] / 1e6);
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
    CreateDraft create =
        new CreateDraft(Cast.ANA, Instant.now(), Cast.TITLE, null, null, Cast.SEGMENT);
    return committed(commands.create(create, null)).draft();
  }

  /** Appends so many segments, and tells how long each took, in nanoseconds. */
  private long[] grow(DraftId draft, int appends) {
    long[] nanos = new long[appends];
    for (int i = 0; i < appends; i++) {
      SegmentId segment = new SegmentId(UUID.randomUUID().toString());
      long begin = System.nanoTime();
      committed(
          commands.handle(
              draft,
              new AppendSegment(Cast.ANA, Instant.now(), segment, CONTENT, null),
              CommandOptions.none()));
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
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
