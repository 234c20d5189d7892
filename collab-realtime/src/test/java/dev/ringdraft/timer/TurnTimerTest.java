package dev.ringdraft.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Eventually;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of ten seconds; the clock of the store is set by hand. */
@Timeout(60)
@SuppressWarnings("try") // a timer works while it is open, and nobody calls it
class TurnTimerTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private volatile Instant now = Cast.NOW;
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore(() -> now);
  private final Faults faults = new Faults(store);
  private final DraftCommands commands = server(CommitListener.none());
  private final Counted counted = new Counted();

  private DraftCommands server(CommitListener listener) {
    return new DraftCommands(store, listener, DraftLimits.defaults(), IdSource.random());
  }

  private static DraftCommands server(DraftEventStore other) {
    return new DraftCommands(
        other, CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  private TurnTimer.Builder timer(DraftCommands server) {
    return TurnTimer.builder(new TurnTimeouts(server, faults, () -> now))
        .metrics(counted)
        .interval(Duration.ofMillis(5));
  }

  /** ANA's turn began at {@link Cast#NOW}; BEN is next. */
  private DraftId draft() {
    NewDraft draft = NewDraft.titled(Cast.TITLE).under(TurnPolicy.defaults().lasting(LIMIT));
    DraftId id =
        assertInstanceOf(
                Committed.class,
                commands.create(new CreateDraft(Cast.ANA, Cast.NOW, draft), CommandOptions.none()))
            .draft();
    commands.handle(
        id,
        new AddCollaborator(Cast.ANA, Cast.NOW, Cast.BEN, Role.CONTRIBUTOR),
        CommandOptions.none());
    return id;
  }

  private List<DraftId> drafts(int count) {
    List<DraftId> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(draft());
    }
    return drafts;
  }

  private void after(Duration time) {
    now = Cast.NOW.plus(time);
  }

  private List<RingPassed> passes(DraftId draft) {
    List<RingPassed> passes = new ArrayList<>();
    for (RecordedEvent recorded : store.readAfter(draft, 0, 1_000)) {
      DraftEvent event = recorded.event();
      if (event instanceof RingPassed passed) {
        passes.add(passed);
      }
    }
    return passes;
  }

  private boolean allPassed(List<DraftId> drafts) {
    return drafts.stream().noneMatch(draft -> passes(draft).isEmpty());
  }

  @Test
  void a_turn_ends_when_its_deadline_has_passed_and_not_before() {
    DraftId draft = draft();
    try (TurnTimer timer = timer(commands).start()) {
      after(LIMIT.minusMillis(1));
      Eventually.until(() -> counted.looks.get() > 3);
      assertEquals(List.of(), passes(draft));

      after(LIMIT);
      Eventually.until(() -> counted.ended.size() == 1);
    }
    assertEquals(
        List.of(
            new RingPassed(
                UserId.TIMER,
                Cast.NOW.plus(LIMIT),
                Cast.ANA,
                Cast.BEN,
                2,
                PassReason.TIMED_OUT,
                Cast.NOW.plus(LIMIT.multipliedBy(2)))),
        passes(draft));
  }

  @Test
  void lateness_counts_from_the_deadline() {
    draft();
    after(LIMIT.plusSeconds(3));
    try (TurnTimer timer = timer(commands).start()) {
      Eventually.until(() -> counted.ended.size() == 1);
    }

    Duration late = counted.ended.getFirst();
    assertTrue(late.compareTo(Duration.ofSeconds(3)) >= 0 && late.toSeconds() < 60, late::toString);
  }

  @Test
  void more_turns_than_one_look_finds_end_without_waiting_for_the_next() {
    List<DraftId> drafts = drafts(25);
    after(LIMIT);
    try (TurnTimer timer = timer(commands).interval(Duration.ofHours(1)).batch(10).start()) {
      Eventually.until(() -> allPassed(drafts));
    }
    assertEquals(List.of(10, 10, 10), faults.limits.subList(0, 3));
  }

  @Test
  void a_full_look_whose_turns_all_fail_is_not_repeated_at_once() {
    drafts(3);
    after(LIMIT);
    RelayingStore readOnly =
        new RelayingStore(store) {
          @Override
          public AppendResult append(Commit commit) {
            throw new StoreUnavailableException("read-only", new IllegalStateException());
          }
        };
    try (TurnTimer timer = timer(server(readOnly)).interval(Duration.ofHours(1)).batch(3).start()) {
      Eventually.until(() -> counted.failedEndings.get() == 3);
    }
    assertEquals(1, counted.looks.get());
  }

  @Test
  void several_servers_end_each_turn_once() {
    List<DraftId> drafts = drafts(200);
    after(LIMIT);
    try (TurnTimer one = timer(server(CommitListener.none())).start();
        TurnTimer two = timer(server(CommitListener.none())).start();
        TurnTimer three = timer(server(CommitListener.none())).start()) {
      Eventually.until(() -> counted.ended.size() == 200);
    }

    assertEquals(200, counted.ended.size());
    for (DraftId draft : drafts) {
      assertEquals(1, passes(draft).size());
    }
  }

  @Test
  void a_turn_that_was_passed_between_look_and_end_does_not_end_twice() {
    DraftId draft = draft();
    after(LIMIT);
    OverdueTurn found = store.overdue(false, 1).getFirst();
    commands.handle(draft, new PassRing(Cast.ANA, now, Cast.BEN, null), CommandOptions.none());

    assertFalse(new TurnTimeouts(commands, store, () -> now).end(found));

    assertEquals(
        List.of(PassReason.PASSED), passes(draft).stream().map(RingPassed::reason).toList());
  }

  @Test
  void it_goes_on_when_the_store_answers_again_and_has_not_started_until_then() {
    DraftId draft = draft();
    after(LIMIT);
    faults.unavailable = true;
    try (TurnTimer timer = timer(commands).start()) {
      Eventually.until(() -> counted.failedLooks.get() > 2);
      assertEquals(List.of(), passes(draft));
      faults.unavailable = false;
      Eventually.until(() -> counted.ended.size() == 1);
      Eventually.until(() -> faults.starting.contains(false));
    }

    int firstSuccess = faults.starting.indexOf(false) - 1;
    assertTrue(firstSuccess > 2, "every failed look was one of a server that starts");
    assertTrue(faults.starting.subList(0, firstSuccess).stream().allMatch(each -> each));
  }

  @Test
  void a_draft_that_can_not_be_read_holds_up_no_other() {
    DraftId good = draft();
    faults.phantom = new OverdueTurn(new DraftId("no-such-draft"), 1, Cast.NOW, Cast.NOW);
    after(LIMIT);
    try (TurnTimer timer = timer(commands).start()) {
      Eventually.until(() -> counted.ended.size() == 1);
    }
    assertEquals(1, passes(good).size());
  }

  @Test
  void a_turn_that_takes_long_to_end_holds_up_no_other_and_is_not_tried_twice_at_once() {
    DraftId slow = draft();
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    RelayingStore stuck =
        new RelayingStore(store) {
          @Override
          public AppendResult append(Commit commit) {
            if (commit.draft().equals(slow)) {
              tries.incrementAndGet();
              awaitUninterrupted(release);
            }
            return super.append(commit);
          }
        };
    after(LIMIT);
    try (TurnTimer timer = timer(server(stuck)).start()) {
      Eventually.until(() -> tries.get() == 1);
      DraftId other = draft();
      Eventually.until(() -> passes(other).size() == 1);
      int looks = counted.looks.get();
      Eventually.until(() -> counted.looks.get() > looks + 2);
      release.countDown();
    }
    assertEquals(1, tries.get());
  }

  @Test
  void it_closes_after_the_commit_that_is_being_made_and_begins_no_other() throws Exception {
    List<DraftId> drafts = drafts(10);
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger over = new AtomicInteger();
    CommitListener slow =
        events -> {
          committing.countDown();
          awaitUninterrupted(release);
          over.incrementAndGet();
        };
    after(LIMIT);
    TurnTimer timer = timer(server(slow)).workers(1).start();
    assertTrue(committing.await(30, TimeUnit.SECONDS));
    Thread closing = Thread.ofPlatform().start(timer::close);
    Eventually.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    closing.join();

    assertEquals(1, over.get());
    assertEquals(1, drafts.stream().filter(draft -> !passes(draft).isEmpty()).count());
    timer.close();
  }

  @Test
  void settings_out_of_bounds_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> timer(commands).batch(0).start());
    assertThrows(IllegalArgumentException.class, () -> timer(commands).workers(0).start());
    assertThrows(
        IllegalArgumentException.class, () -> timer(commands).interval(Duration.ZERO).start());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError("a running commit was interrupted", interrupted);
    }
  }

  /** A way to the deadlines that may fail, and remembers how it was asked. */
  private static final class Faults implements TurnDeadlines {
    private final TurnDeadlines deadlines;
    private final List<Boolean> starting = new CopyOnWriteArrayList<>();
    private final List<Integer> limits = new CopyOnWriteArrayList<>();
    private volatile boolean unavailable;
    private volatile @Nullable OverdueTurn phantom;

    Faults(TurnDeadlines deadlines) {
      this.deadlines = deadlines;
    }

    @Override
    public List<OverdueTurn> overdue(boolean isStarting, int limit) {
      starting.add(isStarting);
      limits.add(limit);
      if (unavailable) {
        throw new StoreUnavailableException("not now", new IllegalStateException());
      }
      List<OverdueTurn> found = new ArrayList<>(deadlines.overdue(isStarting, limit));
      OverdueTurn extra = phantom;
      if (extra != null) {
        found.addFirst(extra);
      }
      return found;
    }
  }

  private static final class Counted implements TurnTimerMetrics {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger failedLooks = new AtomicInteger();
    private final AtomicInteger failedEndings = new AtomicInteger();
    private final List<Duration> ended = new CopyOnWriteArrayList<>();

    @Override
    public void looked(Duration took) {
      looks.incrementAndGet();
    }

    @Override
    public void lookFailed() {
      failedLooks.incrementAndGet();
    }

    @Override
    public void ended(Duration late) {
      ended.add(late);
    }

    @Override
    public void endFailed() {
      failedEndings.incrementAndGet();
    }
  }
}
