package dev.ringdraft.room;

import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One draft's viewers and its last events.
 *
 * <p>What it is told comes in any order, doubled, or not at all; a revision says what it is worth:
 * known, it is dropped; the next, it is kept; beyond the next, the log is read first. One task does
 * this and then sends every viewer on; it never runs twice at once, and never on the thread that
 * committed.
 */
final class Room {
  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  private final DraftId draft;
  private final RoomHub hub;
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private final Queue<List<RecordedEvent>> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong wanted = new AtomicLong();
  private final SerialTask update = new SerialTask(this::update, this::updateFailed);

  /** Written by {@link #update} alone; null until the draft's head is known. */
  private volatile @Nullable Window window;

  /** Written by {@link #update} alone. */
  private volatile PublishedPresence presence;

  /** When presence was last told, as of the nano clock; touched by {@link #update} alone. */
  private long presenceToldAt;

  /** How many admissions and viewers keep the room open; touched inside the hub's map alone. */
  int occupants;

  Room(DraftId draft, RoomHub hub) {
    this.draft = draft;
    this.hub = hub;
    this.presence = PublishedPresence.nobody(hub.encoder());
    this.presenceToldAt = nanoTime() - settings().tick().toNanos();
  }

  DraftId draft() {
    return draft;
  }

  RoomSettings settings() {
    return hub.settings();
  }

  @Nullable Window window() {
    return window;
  }

  /** The last revision known here; 0 while none is. */
  long head() {
    Window known = window;
    return known == null ? 0 : known.head();
  }

  /** Bytes of all frames that were encoded for the room's window. */
  long bytesSoFar() {
    Window known = window;
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

  /** Some events were committed. Returns at once. */
  void offer(List<RecordedEvent> events) {
    if (waiting.get() < settings().windowEvents()) {
      waiting.incrementAndGet();
      inbox.add(events);
      schedule();
    } else {
      hint(events.getLast().revision());
    }
  }

  /** The draft is said to have reached a revision. Returns at once. */
  void hint(long revision) {
    wanted.accumulateAndGet(revision, Math::max);
    schedule();
  }

  private void schedule() {
    if (update.ask()) {
      hub.execute(update::run);
    }
  }

  private void update() {
    for (List<RecordedEvent> events = inbox.poll(); events != null; events = inbox.poll()) {
      waiting.decrementAndGet();
      events.forEach(this::accept);
    }
    readUpTo(wanted.get());
    publishPresence();
    viewers.forEach(Viewer::advance);
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

  private void updateFailed(RuntimeException fault) {
    LOG.log(Level.ERROR, "draft " + draft + ": telling its viewers failed", fault);
  }

  private void accept(RecordedEvent event) {
    Window known = window;
    if (known == null) {
      known = Window.emptyAt(event.revision() - 1);
      window = known;
    }
    if (event.revision() > known.head() + 1) {
      readUpTo(event.revision() - 1);
    }
    if (event.revision() == head() + 1) {
      keep(event);
    } else if (event.revision() > head()) {
      wanted.accumulateAndGet(event.revision(), Math::max);
    }
  }

  /** Reads the log until the window's head is at this revision, or the log has no more. */
  private void readUpTo(long revision) {
    Window known = window;
    if (known == null && revision > 0) {
      window = Window.emptyAt(revision);
      return;
    }
    try {
      while (head() < revision) {
        List<RecordedEvent> page = hub.store().readAfter(draft, head(), settings().pageEvents());
        if (page.isEmpty()) {
          return;
        }
        page.forEach(this::keep);
      }
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.WARNING, "draft {0}: the log can''t be read now; trying again", draft);
    }
  }

  private void keep(RecordedEvent event) {
    Window known = window;
    if (known == null) {
      throw new IllegalStateException("an event is kept only when the head is known");
    }
    window = known.with(EncodedEvent.of(event, hub.encoder()), settings());
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
  void seat(Viewer viewer, long admittedAt) {
    if (viewer.attends()) {
      hub.attendances().arrived(draft, viewer.user(), hub.now());
      schedule();
    }
    viewers.add(viewer);
    if (viewer.hasEnded()) {
      unseat(viewer);
    } else if (hub.isClosed()) {
      viewer.close(CloseCode.DRAINING);
    } else if (wasRemovedSince(viewer.user(), admittedAt)) {
      viewer.close(CloseCode.FORBIDDEN);
    }
  }

  /** The viewer is among the viewers already, so whatever the window does not show yet finds it. */
  private boolean wasRemovedSince(UserId user, long revision) {
    Window known = window;
    if (known == null || known.head() <= revision) {
      return false;
    }
    if (known.reachesBackTo(revision)) {
      return known.after(revision).stream()
          .anyMatch(
              e -> e.event().event() instanceof CollaboratorRemoved r && r.user().equals(user));
    }
    Optional<DraftHead> head = hub.store().load(draft, null);
    return head.isEmpty() || !head.get().draft().members().contains(user);
  }

  /** Reads what follows a revision, for a viewer that is behind the window. */
  void readPage(Viewer viewer, long after) {
    hub.execute(
        () -> {
          try {
            viewer.pageRead(
                hub.store().readAfter(draft, after, settings().pageEvents()).stream()
                    .map(event -> EncodedEvent.of(event, hub.encoder()))
                    .toList());
          } catch (StoreUnavailableException unavailable) {
            LOG.log(Level.WARNING, "draft {0}: a viewer''s page can''t be read now", draft);
            viewer.pageMissed();
          } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "draft " + draft + ": a viewer's page can't be read", fault);
            viewer.close(CloseCode.DRAINING);
          }
        });
  }

  void tick() {
    viewers.forEach(Viewer::tick);
    if (wanted.get() > head()) {
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

  void stuck(Viewer viewer) {
    LOG.log(Level.INFO, "draft {0}: {1} does not read and is disconnected", draft, viewer.user());
  }

  void leave(Viewer viewer) {
    unseat(viewer);
    hub.leave(this);
  }

  /** A viewer that ends while it sits down comes here twice; it departs once. */
  private void unseat(Viewer viewer) {
    if (viewers.remove(viewer) && viewer.attends()) {
      hub.attendances().departed(draft, viewer.user(), viewer, hub.now());
      schedule();
    }
  }

  /** What a viewer's user does; told of those alone who are shown as here. */
  void says(Viewer viewer, Activity activity) {
    hub.attendances().says(draft, viewer.user(), viewer, activity, hub.now());
    lookAround();
  }

  void giveBack() {
    hub.leave(this);
  }

  void closeAll(CloseCode code) {
    viewers.forEach(viewer -> viewer.close(code));
  }
}
