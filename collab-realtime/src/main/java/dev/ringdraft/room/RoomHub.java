package dev.ringdraft.room;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.PresenceStore;
import dev.ringdraft.presence.PresenceTracker;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All rooms of this server. A room is open while somebody is in it, or about to be, and for a while
 * after that, so that a client that reconnects finds the missed events in it.
 *
 * <p>It hears of this server's commits at once, of other servers' by {@link CommitNotifier} hints,
 * and of whatever was missed by looking up the heads of its drafts at each tick. All of that are
 * hints; the log decides. At each tick, too, servers show each other who is connected to them.
 *
 * <p>Safe for use by many threads.
 */
public final class RoomHub implements CommitListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RoomHub.class.getName());

  private final RoomContext context;
  private final CommitNotifier notifier;
  private final PresenceSync presenceSync;
  private final ConcurrentMap<DraftId, Room> rooms = new ConcurrentHashMap<>();
  private final CoalescingTask lookUpHeads = CoalescingTask.of(this::lookUpHeads, this::tickFailed);
  private final CoalescingTask syncPresence =
      CoalescingTask.of(this::syncPresence, this::tickFailed);
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("room-ticker").factory());
  private volatile boolean closed;

  private RoomHub(RoomContext context, CommitNotifier notifier) {
    this.context = context;
    this.notifier = notifier;
    this.presenceSync = new PresenceSync(context.presence());
  }

  /** A builder of a hub. */
  public static Builder builder(DraftEventStore store) {
    return new Builder(store);
  }

  /**
   * Lets a user in, if they may see the draft. Members of a draft whose room is open are known
   * here; a removal by another server that is not known yet is carried out when it is.
   *
   * @param seen the last revision that the user knows of; 0 for none
   * @return empty when there is no such draft, or the user is no member of it
   * @throws StoreUnavailableException when the store has to be asked and can't be reached
   */
  public Optional<Subscription> admit(DraftId draft, UserId user, long seen) {
    // The room is open before the store is asked, so no commit can fall between the two.
    Room room = enter(draft);
    boolean admitted = false;
    try {
      Optional<Subscription> admission =
          room.versionFor(user, seen).map(version -> new Subscription(room, user, version));
      admitted = admission.isPresent();
      return admission;
    } finally {
      if (!admitted) {
        leave(room);
      }
    }
  }

  @Override
  public void committed(List<RecordedEvent> events) {
    RecordedEvent last = events.getLast();
    Room room = rooms.get(last.draft());
    if (room != null) {
      room.offer(events);
    }
    notifier.notifyCommit(last.draft(), last.revision());
  }

  private void onCommit(DraftId draft, long revision) {
    Room room = rooms.get(draft);
    if (room != null) {
      room.hint(revision);
    }
  }

  /** Looks for slow subscribers and missed commits. The ticker calls it; a test may. */
  void tick() {
    rooms.values().stream().filter(room -> !room.isCurrent()).forEach(this::end);
    rooms.values().forEach(this::tick);
    if (!rooms.isEmpty() && lookUpHeads.request()) {
      context.execute(lookUpHeads::run);
    }
    if (syncPresence.request()) {
      context.execute(syncPresence::run);
    }
  }

  private void tick(Room ticking) {
    ticking.tick();
    dropIfOver(ticking.draft());
  }

  private void tickSafely() {
    try {
      tick();
    } catch (Throwable fault) {
      tickFailed(fault);
    }
  }

  private void tickFailed(Throwable fault) {
    LOG.log(Level.ERROR, "a tick failed; the next will come", fault);
  }

  private void lookUpHeads() {
    try {
      context.store().heads(List.copyOf(rooms.keySet())).forEach(this::onCommit);
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.DEBUG, "the heads can''t be looked up now: {0}", unavailable.getMessage());
    }
  }

  private void syncPresence() {
    presenceSync.exchange(context.now());
    rooms.values().forEach(Room::checkPresence);
  }

  private Room enter(DraftId draft) {
    Room shown = rooms.get(draft);
    if (shown != null && !shown.isCurrent()) {
      end(shown);
    }
    return rooms.compute(
        draft,
        (id, open) -> {
          Room room = open == null ? new Room(id, context, this) : open;
          room.users++;
          return room;
        });
  }

  /** Ends a room of an earlier history; the next user of its draft opens another one. */
  void end(Room room) {
    rooms.remove(room.draft(), room);
    room.end(CloseCode.DRAINING);
  }

  void leave(Room left) {
    rooms.computeIfPresent(
        left.draft(),
        (id, room) -> {
          if (room != left) {
            return room;
          }
          room.users--;
          room.emptySince = context.nanoTime();
          return isOver(room) ? null : room;
        });
  }

  private void dropIfOver(DraftId draft) {
    rooms.computeIfPresent(draft, (id, room) -> isOver(room) ? null : room);
  }

  /** Whether nobody is in a room, and has not been for so long that nobody will come back. */
  private boolean isOver(Room room) {
    return room.users == 0
        && (closed
            || !room.isKnown()
            || context.nanoTime() - room.emptySince >= context.settings().idleTimeout().toNanos());
  }

  /**
   * Who has a draft open.
   *
   * @throws StoreUnavailableException when that takes a look at the presence store, and it can't be
   *     reached
   */
  public PresenceState present(DraftId draft) {
    return context.presence().lookUp(draft, context.now());
  }

  /** What a draft's room holds; null when it holds nothing, or is not open. */
  @Nullable Window window(DraftId draft) {
    Room room = rooms.get(draft);
    return room == null ? null : room.window();
  }

  /** How many rooms are open. */
  public int openRooms() {
    return rooms.size();
  }

  /** How many subscribers all rooms have. */
  public int subscribers() {
    return rooms.values().stream().mapToInt(Room::subscribers).sum();
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Stops ticking and closes every subscription, and those that begin later; the clients reconnect
   * to another server.
   */
  @Override
  public void close() {
    closed = true;
    ticker.shutdown();
    rooms
        .values()
        .forEach(
            room -> {
              room.end(CloseCode.DRAINING);
              dropIfOver(room.draft());
            });
  }

  private RoomHub listening() {
    notifier.listen(this::onCommit);
    return this;
  }

  private RoomHub ticking() {
    long period = context.settings().tick().toMillis();
    Future<?> unused =
        ticker.scheduleWithFixedDelay(this::tickSafely, period, period, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Builds a hub; for one thread. */
  public static final class Builder {
    private final DraftEventStore store;
    private CommitNotifier notifier = CommitNotifier.none();
    private PresenceStore presence = PresenceStore.none();
    private RoomSettings settings = RoomSettings.defaults();
    private RoomMetrics metrics = RoomMetrics.disabled();
    private Executor executor = task -> Thread.ofVirtual().start(task);
    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoClock = System::nanoTime;
    private PayloadEncoder encoder = PayloadEncoder.json();

    private Builder(DraftEventStore store) {
      this.store = store;
    }

    /** Notifies other servers and hears of their commits; nobody by default. */
    public Builder notifier(CommitNotifier value) {
      notifier = value;
      return this;
    }

    /** Shares presence with other servers; with nobody by default. */
    public Builder presence(PresenceStore value) {
      presence = value;
      return this;
    }

    public Builder settings(RoomSettings value) {
      settings = value;
      return this;
    }

    public Builder metrics(RoomMetrics value) {
      metrics = value;
      return this;
    }

    /** Runs what may wait for the store; a virtual thread for each task by default. */
    public Builder executor(Executor value) {
      executor = value;
      return this;
    }

    /** The clock of presence; the system's by default. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Measures times, in nanoseconds; {@link System#nanoTime} by default. */
    public Builder nanoClock(LongSupplier value) {
      nanoClock = value;
      return this;
    }

    /** Writes what subscribers are sent, for a test. */
    Builder encoder(PayloadEncoder value) {
      encoder = value;
      return this;
    }

    /** A hub that works, and looks for missed commits at each tick, until it is closed. */
    public RoomHub start() {
      return build().ticking();
    }

    /** A hub that ticks when a test says so. */
    RoomHub build() {
      PresenceTracker tracker =
          new PresenceTracker(settings.maxListed(), settings.departureGrace(), presence);
      RoomContext context =
          new RoomContext(store, encoder, settings, metrics, tracker, executor, clock, nanoClock);
      return new RoomHub(context, notifier).listening();
    }
  }
}
