package dev.ringdraft.room;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a room knows of its draft: the last events, encoded, and the draft that they lead to.
 *
 * <p>News come in any order, doubled, or not at all; a revision says what they are worth: known,
 * they are dropped; the next, they are kept; beyond the next, the log is read first. Any thread may
 * bring news, look and ask; {@link #catchUp} is for one at a time.
 */
final class EventTail {
  private final DraftId draft;
  private final Epoch epoch;
  private final DraftEventStore store;
  private final PayloadEncoder encoder;
  private final RoomSettings settings;
  private final Consumer<RecordedEvent> kept;
  private final Queue<List<RecordedEvent>> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong wantedHead = new AtomicLong();
  private final AtomicLong wantedFloor = new AtomicLong(Long.MAX_VALUE);
  private final ReentrantLock opening = new ReentrantLock();

  /** Null until the draft is read for the first time; from then on written by catchUp alone. */
  private volatile @Nullable Known known;

  /** A moment of the draft: its last events and what they lead to. */
  private record Known(Window window, Draft draft) {}

  /**
   * @param epoch of the history that is shown, as of before anything was read
   * @param kept is called for each event that is new here, in order
   */
  EventTail(DraftId draft, Epoch epoch, RoomContext context, Consumer<RecordedEvent> kept) {
    this.draft = draft;
    this.epoch = epoch;
    this.store = context.store();
    this.encoder = context.encoder();
    this.settings = context.settings();
    this.kept = kept;
  }

  /** Null while the draft was not read. */
  @Nullable Window window() {
    Known now = known;
    return now == null ? null : now.window();
  }

  /** The last revision known here; 0 while none is. */
  long head() {
    Window window = window();
    return window == null ? 0 : window.head();
  }

  /**
   * The draft's version, if a user is a member of it. A member is known from here; of everybody
   * else the store is asked, whether there is such a draft or not.
   *
   * @param seen a revision that the user is said to know, 0 for none: a version behind it is not
   *     given without a look at the store
   */
  Optional<DraftVersion> versionFor(UserId user, long seen) {
    if (known == null) {
      // When many clients reconnect at once, one reads for all.
      opening.lock();
      try {
        if (known == null) {
          return read(user);
        }
      } finally {
        opening.unlock();
      }
    }
    Known now = known;
    if (now == null || !now.draft().members().contains(user)) {
      return read(user);
    }
    // A revision that was heard of is committed, though it may not be read yet.
    long heard = Math.max(wantedHead.get(), now.window().head());
    return heard >= seen ? Optional.of(new DraftVersion(epoch, heard)) : read(user);
  }

  private Optional<DraftVersion> read(UserId user) {
    Optional<DraftHead> read = store.load(draft, user);
    read.ifPresent(
        head -> {
          if (known == null) {
            known = new Known(Window.emptyAt(head.revision()), head.draft());
          } else {
            wantHead(head.revision());
          }
        });
    return read.map(head -> new DraftVersion(epoch, head.revision()));
  }

  /** Whether a user was let in at a revision and was no member from then or later on. */
  boolean wasRemovedSince(UserId user, long revision) {
    Known now = known;
    return now != null && now.window().head() >= revision && !now.draft().members().contains(user);
  }

  /** Some events were committed. */
  void offer(List<RecordedEvent> events) {
    wantHead(events.getLast().revision());
    if (waiting.get() < settings.windowEvents()) {
      waiting.incrementAndGet();
      inbox.add(events);
    }
  }

  /** The draft is said to have reached a revision. */
  void wantHead(long revision) {
    wantedHead.accumulateAndGet(revision, Math::max);
  }

  /** Whether the draft has gone on from here. */
  boolean isBehind() {
    return known != null && wantedHead.get() > head();
  }

  /**
   * Asks for a window that reaches back to a revision.
   *
   * @return false when it can't, because it would hold too much
   */
  boolean requestFloor(long revision) {
    Window window = window();
    if (window == null || !window.canExtendBackTo(revision, settings)) {
      return false;
    }
    wantedFloor.accumulateAndGet(revision, Math::min);
    return true;
  }

  /**
   * Takes in the offered events and reads the wanted ones.
   *
   * @throws dev.ringdraft.eventstore.StoreUnavailableException when the log can't be read; the head
   *     that is wanted stays wanted
   */
  void catchUp() {
    if (known == null) {
      return;
    }
    for (List<RecordedEvent> events = inbox.poll(); events != null; events = inbox.poll()) {
      waiting.decrementAndGet();
      events.forEach(this::accept);
    }
    readUpTo(wantedHead.get());
    long floor = wantedFloor.getAndSet(Long.MAX_VALUE);
    if (floor != Long.MAX_VALUE) {
      extendBackTo(floor);
    }
  }

  private void accept(RecordedEvent event) {
    if (event.revision() > head() + 1) {
      readUpTo(event.revision() - 1);
    }
    if (event.revision() == head() + 1) {
      keep(event);
    }
  }

  /** Reads the log until the head is at this revision, or the log has no more. */
  private void readUpTo(long revision) {
    while (head() < revision) {
      List<RecordedEvent> page = store.readAfter(draft, head(), settings.pageEvents());
      if (page.isEmpty()) {
        return;
      }
      page.forEach(this::keep);
    }
  }

  private void keep(RecordedEvent event) {
    Known now = known;
    if (now == null) {
      throw new IllegalStateException("an event is kept only when the draft is known");
    }
    known =
        new Known(
            now.window().with(EncodedEvent.of(event, encoder), settings),
            now.draft().evolve(event.event()));
    kept.accept(event);
  }

  private void extendBackTo(long revision) {
    Known now = known;
    if (now == null || now.window().floor() <= revision) {
      return;
    }
    Window window = now.window();
    int missing = Math.toIntExact(window.floor() - revision);
    List<EncodedEvent> earlier =
        store.readAfter(draft, revision, missing).stream()
            .map(event -> EncodedEvent.of(event, encoder))
            .toList();
    known = new Known(window.extendedBack(earlier, settings), now.draft());
  }

  /**
   * Reads what follows a revision, for a subscriber that is behind the window.
   *
   * @return what fits one write, at least one event unless there is none
   */
  List<EncodedEvent> readAfter(long revision) {
    List<EncodedEvent> page = new ArrayList<>();
    int bytes = 0;
    for (RecordedEvent event : store.readAfter(draft, revision, settings.pageEvents())) {
      EncodedEvent encoded = EncodedEvent.of(event, encoder);
      bytes += encoded.bytes();
      if (!page.isEmpty() && bytes > settings.writeBytes()) {
        break;
      }
      page.add(encoded);
    }
    return page;
  }
}
