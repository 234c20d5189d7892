package dev.ringdraft.room;

import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One draft's viewers. One task takes in what is news of the draft and then sends every viewer on;
 * it never runs twice at once, and never on the thread that committed.
 *
 * <p>A room whose viewers cost much to tell rests after telling them all, for some times as long as
 * that took: what is committed meanwhile goes out in one write to each, which is what makes a busy
 * room cheap. In a quiet room every event goes out at once.
 */
final class Room {
  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  /** Below this telling all is so cheap that a rest would cost more than it saves. */
  private static final long CHEAP_NANOS = 200_000;

  /** So many times as long as the telling took, a room rests after it. */
  private static final int REST_FACTOR = 3;

  /** After telling so many viewers, others may have the processor: they may be about to commit. */
  private static final int YIELD_EVERY = 1_024;

  private final DraftId draft;
  private final RoomHub hub;
  private final EventTail tail;
  private final Set<Subscriber> viewers = ConcurrentHashMap.newKeySet();
  private final Queue<Subscriber> reachingBack = new ConcurrentLinkedQueue<>();
  private final CoalescingTask update = CoalescingTask.of(this::update, this::updateFailed);

  /** The viewers, quick to go through; null from each change of them until all are told again. */
  private final AtomicReference<@Nullable List<Subscriber>> row = new AtomicReference<>();

  /** What they were last told from; touched by {@link #update} alone, as the next. */
  private @Nullable Window toldWindow;

  private long toldPresence = -1;

  /** When the oldest commit was heard of that was not told yet; 0 for none. */
  private final AtomicLong heardAt = new AtomicLong();

  /** Written by {@link #update} alone. */
  private volatile PublishedPresence presence;

  /** When presence was last told, as of the nano clock; touched by {@link #update} alone. */
  private long presenceToldAt;

  /** How many admissions and viewers keep the room open; touched inside the hub's map alone. */
  int occupants;

  /** When the last of them went; touched inside the hub's map alone. */
  long emptySince;

  Room(DraftId draft, RoomHub hub) {
    this.draft = draft;
    this.hub = hub;
    this.tail = new EventTail(draft, hub.store(), hub.encoder(), settings(), this::kept);
    this.presence = PublishedPresence.nobody(hub.encoder());
    this.presenceToldAt = nanoTime() - settings().tick().toNanos();
  }

  DraftId draft() {
    return draft;
  }

  RoomSettings settings() {
    return hub.settings();
  }

  RoomMetrics metrics() {
    return hub.metrics();
  }

  @Nullable Window window() {
    return tail.window();
  }

  /** The last revision known here; 0 while none is. */
  long head() {
    return tail.head();
  }

  /** Bytes of all frames that were encoded for the room's window. */
  long bytesSoFar() {
    Window known = window();
    return known == null ? 0 : known.bytesSoFar();
  }

  /** What was last told of who is here. */
  PublishedPresence presence() {
    return presence;
  }

  /** Who is here now. */
  PresenceState present() {
    return hub.attendances().state(draft, hub.now());
  }

  long nanoTime() {
    return hub.nanoTime();
  }

  int viewers() {
    return viewers.size();
  }

  /** Whether somebody was let in since it was opened, so that it may be worth keeping. */
  boolean isKnown() {
    return window() != null;
  }

  /** As {@link EventTail#versionFor}. */
  Optional<DraftVersion> versionFor(UserId user, long seen) {
    Optional<DraftVersion> version = tail.versionFor(user, seen);
    if (tail.isBehind()) {
      schedule();
    }
    return version;
  }

  /** Some events were committed. Returns at once. */
  void offer(List<RecordedEvent> events) {
    heardAt.compareAndSet(0, nanoTime());
    tail.offer(events);
    schedule();
  }

  /** The draft is said to have reached a revision. Returns at once. */
  void hint(long revision) {
    if (revision > head()) {
      heardAt.compareAndSet(0, nanoTime());
      tail.wantHead(revision);
      schedule();
    }
  }

  private void schedule() {
    if (update.request()) {
      hub.execute(update::run);
    }
  }

  private void update() {
    long begun = nanoTime();
    long heard = heardAt.getAndSet(0);
    boolean caughtUp = catchUp();
    boolean reachedBack = lookAgain() && caughtUp;
    publishPresence();
    Window window = window();
    if (window != toldWindow || presence.version() != toldPresence || reachedBack) {
      tellAll();
      toldWindow = window;
      toldPresence = presence.version();
    }
    if (heard != 0) {
      metrics().fanOutStarted(Duration.ofNanos(nanoTime() - heard));
    }
    rest(nanoTime() - begun);
  }

  /** False when the log can't be read now; the next tick tries again. */
  private boolean catchUp() {
    try {
      tail.catchUp();
      return true;
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.WARNING, "draft {0}: the log can''t be read now; trying again", draft);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "draft " + draft + ": the log can't be read", fault);
    }
    return false;
  }

  /** Whether anybody waits for a window that reaches further back. */
  private boolean lookAgain() {
    boolean any = false;
    for (Subscriber viewer = reachingBack.poll(); viewer != null; viewer = reachingBack.poll()) {
      viewer.lookAgain();
      any = true;
    }
    return any;
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // virtual threads are not preempted; here yielding is meant
  private void tellAll() {
    int told = 0;
    for (Subscriber viewer : inRow()) {
      viewer.advance();
      if (++told % YIELD_EVERY == 0) {
        Thread.yield();
      }
    }
  }

  /** All viewers but those that sit down now, who begin by themselves behind that. */
  private List<Subscriber> inRow() {
    List<Subscriber> known = row.get();
    if (known == null) {
      List<Subscriber> mark = new ArrayList<>();
      row.set(mark);
      known = List.copyOf(viewers);
      // Not kept when somebody came or went meanwhile: the row would hold on to who is gone.
      row.compareAndSet(mark, known);
    }
    return known;
  }

  private void rest(long toldWithin) {
    if (toldWithin > CHEAP_NANOS) {
      LockSupport.parkNanos(
          this, Math.min(settings().gathers().toNanos(), REST_FACTOR * toldWithin));
    }
  }

  /** At once when the last time is long enough ago, else at the next tick. */
  private void publishPresence() {
    if (nanoTime() - presenceToldAt >= settings().tick().toNanos()) {
      PresenceState now = present();
      if (!now.equals(presence.state())) {
        presence = presence.next(now, hub.encoder());
        presenceToldAt = nanoTime();
      }
    }
  }

  private void updateFailed(Throwable fault) {
    LOG.log(Level.ERROR, "draft " + draft + ": telling its viewers failed", fault);
  }

  private void kept(RecordedEvent event) {
    if (event.event() instanceof CollaboratorRemoved removed) {
      viewers.stream()
          .filter(viewer -> viewer.user().equals(removed.user()))
          .forEach(viewer -> viewer.close(CloseCode.FORBIDDEN));
    }
  }

  /**
   * Lets a viewer sit down, unless it was removed from the draft after it was let in, or the server
   * is going away.
   */
  void seat(Subscriber viewer, long admittedAt) {
    if (viewer.attends()) {
      hub.attendances().arrived(draft, viewer.user(), hub.now());
      schedule();
    }
    viewers.add(viewer);
    row.set(null);
    if (viewer.hasEnded()) {
      unseat(viewer);
    } else if (hub.isClosed()) {
      viewer.close(CloseCode.DRAINING);
    } else if (tail.wasRemovedSince(viewer.user(), admittedAt)) {
      // It is among the viewers already, so a removal that is not known yet will find it.
      viewer.close(CloseCode.FORBIDDEN);
    }
  }

  /**
   * Brings what follows a revision to a viewer that is behind the window: by a window that reaches
   * further back, for all who came back at once, or else by a page of the log for this one.
   */
  void readFor(Subscriber viewer, long after) {
    metrics().lagged();
    if (tail.wantBackTo(after)) {
      reachingBack.add(viewer);
      schedule();
    } else {
      hub.execute(() -> readPage(viewer, after));
    }
  }

  private void readPage(Subscriber viewer, long after) {
    try {
      viewer.pageRead(tail.readAfter(after));
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.WARNING, "draft {0}: a viewer''s page can''t be read now", draft);
      viewer.lookAgain();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "draft " + draft + ": a viewer's page can't be read", fault);
      viewer.close(CloseCode.DRAINING);
    }
  }

  void tick() {
    viewers.forEach(Subscriber::tick);
    if (tail.isBehind()) {
      schedule();
    }
    lookAround();
  }

  /** Tells who is here, when that is not what was told last. */
  void lookAround() {
    if (!present().equals(presence.state())) {
      schedule();
    }
  }

  void stuck(Subscriber viewer) {
    metrics().aborted();
    LOG.log(Level.INFO, "draft {0}: {1} does not read and is disconnected", draft, viewer.user());
  }

  void leave(Subscriber viewer) {
    unseat(viewer);
    hub.leave(this);
  }

  /** A viewer that ends while it sits down comes here twice; it departs once. */
  private void unseat(Subscriber viewer) {
    if (viewers.remove(viewer)) {
      row.set(null);
      if (viewer.attends()) {
        hub.attendances().departed(draft, viewer.user(), viewer, hub.now());
        schedule();
      }
    }
  }

  /** What a viewer's user does; told of those alone who are shown as here. */
  void setActivity(Subscriber viewer, Activity activity) {
    hub.attendances().setActivity(draft, viewer.user(), viewer, activity, hub.now());
    lookAround();
  }

  void giveBack() {
    hub.leave(this);
  }

  void closeAll(CloseCode code) {
    viewers.forEach(viewer -> viewer.close(code));
  }
}
