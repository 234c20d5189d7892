package dev.ringdraft.websocket.socket;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.handshake.GrantedHandshake;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All open sockets, and the one timer that keeps them alive and ends them. The pings of many
 * sockets that connect at once are spread over the ping interval. Safe for use by many threads.
 */
public final class SocketRegistry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SocketRegistry.class.getName());
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final SocketContext context;
  private final Set<DraftSocket> sockets = ConcurrentHashMap.newKeySet();
  private final LongAdder opened = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition removed = lock.newCondition();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("websocket-timer").factory());

  /**
   * @param renewal judges a token that is to take the place of one that ends; may block
   * @param clock of the server, which clients are shown
   * @param tokenClock decides when tokens end
   */
  public SocketRegistry(
      WebSocketSettings settings,
      Function<String, Authentication> renewal,
      InstantSource clock,
      InstantSource tokenClock) {
    this.context = new SocketContext(settings, renewal, clock, tokenClock, System::nanoTime, timer);
  }

  public WebSocketSettings settings() {
    return context.settings();
  }

  public void start() {
    Future<?> unused = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    for (DraftSocket socket : sockets) {
      try {
        socket.tick();
      } catch (RuntimeException fault) {
        LOG.log(Level.ERROR, socket + " could not be kept alive", fault);
      }
    }
  }

  /** Limits how often one client may say something. */
  public FixedWindowLimiter messageLimiter() {
    return new FixedWindowLimiter(settings().messages().perSecond(), SECOND, System::nanoTime);
  }

  /** A socket that is not open yet; it uses the caller's admission. */
  public DraftSocket socket(
      GrantedHandshake caller, ClientConnection connection, SocketAudit incidents) {
    return new DraftSocket(caller, connection, incidents, context);
  }

  /** Runs what must not wait, after a time, or at once when this is closed. */
  public void afterwards(Duration time, Runnable task) {
    context.afterwards(time, task);
  }

  public void add(DraftSocket socket) {
    sockets.add(socket);
    opened.increment();
  }

  public void remove(DraftSocket socket) {
    sockets.remove(socket);
    lock.lock();
    try {
      removed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes all sockets, spread over the time there is.
   *
   * @return whether all have closed within that time
   */
  public boolean drain(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    Duration lastAnswer = settings().closeWithin();
    Duration half = within.dividedBy(2);
    Duration spread =
        within.compareTo(lastAnswer.multipliedBy(2)) > 0 ? within.minus(lastAnswer) : half;
    new Drain(timer, spread).begin(List.copyOf(sockets));
    lock.lock();
    try {
      long left = end - System.nanoTime();
      while (!sockets.isEmpty() && left > 0) {
        left = removed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return sockets.isEmpty();
  }

  public int count() {
    return sockets.size();
  }

  /** How many sockets were opened so far. */
  public long opened() {
    return opened.sum();
  }

  /** Stops the timer, as soon as the connections that are closing have had their time. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
