package dev.ringdraft.room;

import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.UserConnection;
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
 * One draft's subscribers. One task takes in what is news of the draft and then sends every
 * subscriber on; it never runs twice at once, and never on the thread that committed.
 *
 * <p>A room whose subscribers cost much to write to pauses after a round of writes, for some times
 * as long as that took: what is committed meanwhile goes out in one write to each, which is what
 * makes a busy room cheap. In a quiet room every event goes out at once.
 */
final class Room {
  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  /** Below this a round of writes is so cheap that a pause would cost more than it saves. */
  private static final long CHEAP_NANOS = 200_000;

  /** So many times as long as a round of writes took, a room pauses after it. */
  private static final int COALESCE_FACTOR = 3;

  /** After so many writes other threads may have the processor: they may be about to commit. */
  private static final int YIELD_EVERY = 1_024;

  private final DraftId draft;
  private final RoomContext context;
  private final RoomHub hub;
  private final EventTail tail;

  /** The history that it shows: in another one a revision may be another event. */
  private final Epoch epoch;

  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Queue<Subscriber> waitingForFloor = new ConcurrentLinkedQueue<>();
  private final CoalescingTask update = CoalescingTask.of(this::update, this::updateFailed);

  /** The subscribers, quick to go through; null from each change of them to the next round. */
  private final AtomicReference<@Nullable List<Subscriber>> snapshot = new AtomicReference<>();

  /** What the last round sent from; touched by {@link #update} alone, as the next. */
  private @Nullable Window lastSentWindow;

  private long lastSentPresence = -1;

  /** When the oldest commit was heard of that was not sent yet; 0 for none. */
  private final AtomicLong heardAt = new AtomicLong();

  /** Written by {@link #update} alone. */
  private volatile PublishedPresence presence;

  private volatile boolean ended;

  /** When presence was last sent, as of the nano clock; touched by {@link #update} alone. */
  private long presencePublishedAt;

  /** How many admissions and subscribers keep the room open; touched inside the hub's map alone. */
  int users;

  /** When the last of them went; touched inside the hub's map alone. */
  long emptySince;

  Room(DraftId draft, RoomContext context, RoomHub hub) {
    this.draft = draft;
    this.context = context;
    this.hub = hub;
    this.epoch = context.store().epoch();
    this.tail = new EventTail(draft, epoch, context, this::kept);
    this.presence = PublishedPresence.nobody(context.encoder());
    this.presencePublishedAt = nanoTime() - settings().tick().toNanos();
  }

  DraftId draft() {
    return draft;
  }

  RoomSettings settings() {
    return context.settings();
  }

  RoomMetrics metrics() {
    return context.metrics();
  }

  @Nullable Window window() {
    return tail.window();
  }

  /** The last revision known here; 0 while none is. */
  long head() {
    return tail.head();
  }

  /** Bytes of all payloads that were encoded for the room's window. */
  long bytesSoFar() {
    Window known = window();
    return known == null ? 0 : known.bytesSoFar();
  }

  /** The presence that was published last. */
  PublishedPresence presence() {
    return presence;
  }

  /** The presence now. */
  PresenceState present() {
    return context.presence().state(draft, context.now());
  }

  long nanoTime() {
    return context.nanoTime();
  }

  int subscribers() {
    return subscribers.size();
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
      context.execute(update::run);
    }
  }

  private void update() {
    long begun = nanoTime();
    long heard = heardAt.getAndSet(0);
    boolean caughtUp = catchUp();
    if (!isCurrent()) {
      hub.end(this);
      return;
    }
    boolean reachedBack = retryWaiting() && caughtUp;
    publishPresence();
    Window window = window();
    if (window != lastSentWindow || presence.version() != lastSentPresence || reachedBack) {
      sendToAll();
      lastSentWindow = window;
      lastSentPresence = presence.version();
    }
    if (heard != 0) {
      metrics().fanOutStarted(Duration.ofNanos(nanoTime() - heard));
    }
    coalesce(nanoTime() - begun);
  }

  /** False when the log can't be read now; the next tick tries again. */
  private boolean catchUp() {
    try {
      tail.catchUp();
      return true;
    } catch (StoreUnavailableException unavailable) {
      LOG.log(
          Level.DEBUG,
          "draft {0}: the log can''t be read now: {1}",
          draft,
          unavailable.getMessage());
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "draft " + draft + ": the log can't be read", fault);
    }
    return false;
  }

  /** Whether anybody waits for a window that reaches further back. */
  private boolean retryWaiting() {
    boolean any = false;
    for (Subscriber subscriber = waitingForFloor.poll();
        subscriber != null;
        subscriber = waitingForFloor.poll()) {
      subscriber.retry();
      any = true;
    }
    return any;
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // virtual threads are not preempted; here yielding is meant
  private void sendToAll() {
    int sent = 0;
    for (Subscriber each : subscribersSnapshot()) {
      each.advance();
      if (++sent % YIELD_EVERY == 0) {
        Thread.yield();
      }
    }
  }

  /** All subscribers but those that join now, which begin by themselves after that. */
  private List<Subscriber> subscribersSnapshot() {
    List<Subscriber> known = snapshot.get();
    if (known == null) {
      List<Subscriber> mark = new ArrayList<>();
      snapshot.set(mark);
      known = List.copyOf(subscribers);
      // Not kept when somebody came or went meanwhile: the row would hold on to who is gone.
      snapshot.compareAndSet(mark, known);
    }
    return known;
  }

  private void coalesce(long sentWithin) {
    if (sentWithin > CHEAP_NANOS) {
      LockSupport.parkNanos(
          this, Math.min(settings().maxCoalesceDelay().toNanos(), COALESCE_FACTOR * sentWithin));
    }
  }

  /** At once when the last time is long enough ago, else at the next tick. */
  private void publishPresence() {
    if (nanoTime() - presencePublishedAt >= settings().tick().toNanos()) {
      PresenceState now = present();
      if (!now.equals(presence.state())) {
        presence = presence.next(now, context.encoder());
        presencePublishedAt = nanoTime();
      }
    }
  }

  private void updateFailed(Throwable fault) {
    LOG.log(Level.ERROR, "draft " + draft + ": telling its subscribers failed", fault);
  }

  private void kept(RecordedEvent event) {
    if (event.event() instanceof CollaboratorRemoved removed) {
      subscribers.stream()
          .filter(subscriber -> subscriber.user().equals(removed.user()))
          .forEach(subscriber -> subscriber.close(CloseCode.FORBIDDEN));
    }
  }

  /**
   * Takes a subscriber in, unless it was removed from the draft after it was let in, or the server
   * is going away.
   */
  void join(Subscriber subscriber, long admittedAt) {
    if (subscriber.isListed()) {
      context.presence().arrived(draft, subscriber.user(), context.now());
      schedule();
    }
    subscribers.add(subscriber);
    snapshot.set(null);
    if (subscriber.hasEnded()) {
      remove(subscriber);
    } else if (ended || hub.isClosed()) {
      subscriber.close(CloseCode.DRAINING);
    } else if (tail.wasRemovedSince(subscriber.user(), admittedAt)) {
      // It is among the subscribers already, so a removal that is not known yet will find it.
      subscriber.close(CloseCode.FORBIDDEN);
    }
  }

  /**
   * Brings what follows a revision to a subscriber that is behind the window: by a window that
   * reaches further back, for all who came back at once, or else by a page of the log for this one.
   */
  void readFor(Subscriber subscriber, long after) {
    metrics().lagged();
    if (tail.requestFloor(after)) {
      waitingForFloor.add(subscriber);
      schedule();
    } else {
      context.execute(() -> readPage(subscriber, after));
    }
  }

  private void readPage(Subscriber subscriber, long after) {
    try {
      List<EncodedEvent> page = tail.readAfter(after);
      if (isCurrent()) {
        subscriber.pageRead(page);
      } else {
        hub.end(this);
      }
    } catch (StoreUnavailableException unavailable) {
      LOG.log(
          Level.DEBUG,
          "draft {0}: a subscriber''s page can''t be read now: {1}",
          draft,
          unavailable.getMessage());
      subscriber.retry();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "draft " + draft + ": a subscriber's page can't be read", fault);
      subscriber.close(CloseCode.DRAINING);
    }
  }

  void tick() {
    subscribers.forEach(Subscriber::tick);
    if (tail.isBehind()) {
      schedule();
    }
    checkPresence();
  }

  /** Publishes presence again if it has changed. */
  void checkPresence() {
    if (!present().equals(presence.state())) {
      schedule();
    }
  }

  void tooSlow(Subscriber subscriber) {
    metrics().slowDisconnected();
    LOG.log(
        Level.INFO, "draft {0}: {1} does not read and is disconnected", draft, subscriber.user());
  }

  void leave(Subscriber subscriber) {
    remove(subscriber);
    hub.leave(this);
  }

  /** A subscriber that ends while it joins is removed twice; it departs once. */
  private void remove(Subscriber subscriber) {
    if (subscribers.remove(subscriber)) {
      snapshot.set(null);
      if (subscriber.isListed()) {
        context.presence().departed(draft, connectionOf(subscriber), context.now());
        schedule();
      }
    }
  }

  /** What a subscriber's user does; sent of those alone who are shown as here. */
  void setActivity(Subscriber subscriber, Activity activity) {
    context.presence().setActivity(draft, connectionOf(subscriber), activity, context.now());
    checkPresence();
  }

  private static UserConnection connectionOf(Subscriber subscriber) {
    return new UserConnection(subscriber.user(), subscriber);
  }

  void release() {
    hub.leave(this);
  }

  /** Whether the store still has the history that this shows. */
  boolean isCurrent() {
    return epoch.equals(context.store().epoch());
  }

  /** Closes every subscriber, and those that join later. */
  void end(CloseCode code) {
    ended = true;
    subscribers.forEach(subscriber -> subscriber.close(code));
  }
}
