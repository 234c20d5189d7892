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
import java.time.Instant;
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
 * after that, so that whoever comes back finds what they missed in it.
 *
 * <p>It hears of this server's commits at once, of other servers' by {@link CommitNotifier} hints,
 * and of whatever was missed by looking up the heads of its drafts at each tick. All of that are
 * hints; the log decides. At each tick, too, servers show each other who is connected to them.
 *
 * <p>Safe for use by many threads.
 */
public final class RoomHub implements CommitListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RoomHub.class.getName());

  private final DraftEventStore store;
  private final FrameEncoder encoder;
  private final CommitNotifier signal;
  private final RoomSettings settings;
  private final PresenceTracker attendances;
  private final PresenceSync presenceExchange;
  private final RoomMetrics metrics;
  private final Executor executor;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final ConcurrentMap<DraftId, Room> rooms = new ConcurrentHashMap<>();
  private final CoalescingTask lookUpHeads = CoalescingTask.of(this::lookUpHeads, this::tickFailed);
  private final CoalescingTask exchangePresence =
      CoalescingTask.of(this::exchangePresence, this::tickFailed);
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("room-ticker").factory());
  private volatile boolean closed;

  /**
   * @param executor runs what may wait for the store; a virtual thread a task is meant
   * @param clock tells since when people are here
   * @param nanoClock as {@link System#nanoTime}
   */
  public RoomHub(
      DraftEventStore store,
      FrameEncoder encoder,
      CommitNotifier signal,
      PresenceStore board,
      RoomSettings settings,
      RoomMetrics metrics,
      Executor executor,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.store = store;
    this.encoder = encoder;
    this.signal = signal;
    this.settings = settings;
    this.attendances = new PresenceTracker(settings.maxListed(), settings.departureGrace(), board);
    this.presenceExchange = new PresenceSync(attendances);
    this.metrics = metrics;
    this.executor = executor;
    this.clock = clock;
    this.nanoClock = nanoClock;
    signal.listen(this::onCommit);
  }

  /** Begins to tick. */
  public void start() {
    long period = settings.tick().toMillis();
    Future<?> unused =
        ticker.scheduleWithFixedDelay(this::tickSafely, period, period, TimeUnit.MILLISECONDS);
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
    signal.notifyCommit(last.draft(), last.revision());
  }

  private void onCommit(DraftId draft, long revision) {
    Room room = rooms.get(draft);
    if (room != null) {
      room.hint(revision);
    }
  }

  /** Looks for stuck viewers and missed commits. The ticker calls it; a test may. */
  void tick() {
    rooms.values().forEach(this::tick);
    if (!rooms.isEmpty() && lookUpHeads.request()) {
      executor.execute(lookUpHeads::run);
    }
    if (exchangePresence.request()) {
      executor.execute(exchangePresence::run);
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
      store.heads(List.copyOf(rooms.keySet())).forEach(this::onCommit);
    } catch (StoreUnavailableException unavailable) {
      LOG.log(Level.WARNING, "the heads can''t be looked up now; trying again");
    }
  }

  private void exchangePresence() {
    presenceExchange.exchange(now());
    rooms.values().forEach(Room::lookAround);
  }

  private Room enter(DraftId draft) {
    return rooms.compute(
        draft,
        (id, open) -> {
          Room room = open == null ? new Room(id, this) : open;
          room.occupants++;
          return room;
        });
  }

  void leave(Room left) {
    rooms.computeIfPresent(
        left.draft(),
        (id, room) -> {
          room.occupants--;
          room.emptySince = nanoTime();
          return isOver(room) ? null : room;
        });
  }

  private void dropIfOver(DraftId draft) {
    rooms.computeIfPresent(draft, (id, room) -> isOver(room) ? null : room);
  }

  /** Whether nobody is in a room, and has not been for so long that nobody will come back. */
  private boolean isOver(Room room) {
    return room.occupants == 0
        && (closed
            || !room.isKnown()
            || nanoTime() - room.emptySince >= settings.lingers().toNanos());
  }

  /**
   * Who has a draft open.
   *
   * @throws StoreUnavailableException when that takes a look at the board, and it can't be reached
   */
  public PresenceState present(DraftId draft) {
    return attendances.lookUp(draft, now());
  }

  PresenceTracker attendances() {
    return attendances;
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

  /** How many viewers sit in all rooms. */
  public int viewers() {
    return rooms.values().stream().mapToInt(Room::viewers).sum();
  }

  DraftEventStore store() {
    return store;
  }

  FrameEncoder encoder() {
    return encoder;
  }

  RoomMetrics metrics() {
    return metrics;
  }

  RoomSettings settings() {
    return settings;
  }

  Instant now() {
    return clock.instant();
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  void execute(Runnable work) {
    executor.execute(work);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Stops ticking and sends every viewer away, those too who come later; they come back to another
   * server.
   */
  @Override
  public void close() {
    closed = true;
    ticker.shutdown();
    rooms
        .values()
        .forEach(
            room -> {
              room.closeAll(CloseCode.DRAINING);
              dropIfOver(room.draft());
            });
  }
}
