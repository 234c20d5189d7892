package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.report.StatusCounts;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * All subscribers on one thread and one selector: connects them and reads what the server sends.
 *
 * <p>The package-private methods may be called from any thread: they hand a task to the loop's
 * thread. The state of subscribers belongs to that thread until {@link #close} returns.
 */
final class SubscriberLoop implements AutoCloseable {
  private static final long SELECT_MILLIS = 50;
  private static final long ANSWER_SECONDS = 5;

  private final List<BenchSubscriber> subscribers;
  private final SubscriberIo io;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
  private volatile boolean over;
  private @Nullable Schedule churn;
  private long churned;

  private SubscriberLoop(List<BenchSubscriber> subscribers, Selector selector, SubscriberIo io) {
    this.subscribers = List.copyOf(subscribers);
    this.selector = selector;
    this.io = io;
    this.thread = Thread.ofPlatform().name("subscribers").daemon().unstarted(this::run);
  }

  /**
   * A started loop that connects nothing yet.
   *
   * @param connectsPerSecond 0 = as fast as the server accepts them
   * @param latency of deliveries, in microseconds
   */
  static SubscriberLoop start(
      Target target,
      List<BenchSubscriber> subscribers,
      double connectsPerSecond,
      SingleWriterRecorder latency)
      throws IOException {
    Selector selector = Selector.open();
    SubscriberIo io =
        new SubscriberIo(
            target, selector, new ConnectQueue(connectsPerSecond), new DeliveryCounts(latency));
    SubscriberLoop loop = new SubscriberLoop(subscribers, selector, io);
    loop.thread.start();
    return loop;
  }

  ConnectionCounts connections() {
    return io.connections();
  }

  DeliveryCounts deliveries() {
    return io.deliveries();
  }

  /** Connects all subscribers; those that are open drop first. */
  void connectAll() {
    io.connections().reset();
    submit(
        () -> {
          subscribers.forEach(io::reconnect);
          io.beginPhase();
        });
  }

  /**
   * Has subscribers drop and reconnect, one after the other, at these times. Those that stall or
   * are not open are skipped.
   *
   * @param schedule with a subscriber for each of its drafts
   */
  void churn(Schedule schedule) {
    submit(
        () -> {
          io.beginPhase();
          churned = 0;
          churn = schedule;
        });
  }

  /** Ends the churn; subscribers that dropped reconnect. */
  void endChurn() {
    submit(() -> churn = null);
  }

  /** Throws the exception that ended the loop, if one did. */
  void rethrowFault() {
    RuntimeException found = fault.get();
    if (found != null) {
      throw found;
    }
  }

  /** Refused connects of this phase by status; 0 = no response. */
  StatusCounts refusals() {
    return ask(() -> new StatusCounts(io.connections().refusals()));
  }

  /**
   * Whether no subscriber is connecting, and each that reads has reached its draft's head. A loop
   * that is too busy to answer in time has not.
   */
  boolean areAllAt(long[] heads) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    submit(
        () ->
            answer.complete(
                !io.hasWaiting()
                    && subscribers.stream().allMatch(each -> each.isAt(heads[each.spec.draft()]))));
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException behind) {
      rethrowFault();
      return false;
    } catch (ExecutionException | InterruptedException broken) {
      throw new BenchException("the subscribers could not be asked", broken);
    }
  }

  /**
   * Has the stalled subscribers read on and discard: the end of a connection comes after all bytes
   * that were sent before it.
   */
  void drainStalled() {
    submit(
        () ->
            subscribers.forEach(
                each -> {
                  SelectionKey key = each.key;
                  if (each.spec.stalls() && key != null) {
                    key.interestOps(SelectionKey.OP_READ);
                  }
                }));
  }

  /** The stalled subscribers whose connection is known to have ended. */
  int countEndedStalled() {
    return ask(
        () ->
            (int)
                subscribers.stream()
                    .filter(each -> each.spec.stalls() && each.channel == null)
                    .count());
  }

  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    submit(() -> answer.complete(question.get()));
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException broken) {
      throw new BenchException("the subscribers could not be asked", broken);
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    subscribers.forEach(io::drop);
    selector.close();
  }

  private void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!over) {
        selector.select(io::ready, timeoutMillis());
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        dropDue();
        io.connectDue();
        io.resumeDue();
      }
    } catch (IOException | RuntimeException broken) {
      fault.set(
          broken instanceof BenchException known
              ? known
              : new BenchException("the subscribers stopped: " + broken, broken));
    }
  }

  private long timeoutMillis() {
    if (io.isPaced()) {
      return 1;
    }
    Schedule schedule = churn;
    return schedule == null
        ? SELECT_MILLIS
        : Math.clamp(
            TimeUnit.NANOSECONDS.toMillis(schedule.due(churned) - System.nanoTime()),
            1,
            SELECT_MILLIS);
  }

  private void dropDue() {
    Schedule schedule = churn;
    while (schedule != null && System.nanoTime() - schedule.due(churned) >= 0) {
      BenchSubscriber subscriber = subscribers.get(schedule.draft(churned));
      churned++;
      if (subscriber.open && !subscriber.spec.stalls()) {
        io.reconnect(subscriber);
        io.connections().dropped();
      }
    }
  }
}
