package dev.ringdraft.app.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * All viewers, on one thread and one selector: connects them, reads what comes, checks it.
 *
 * <p>What other threads may look at is named so; the rest is for them when {@link #close} is done.
 */
final class ViewerLoop implements Viewer.Watch, AutoCloseable {
  /** Handshakes that are under way at once. */
  static final int OPENING = 128;

  private static final int BUFFER = 256 * 1024;
  private static final int TOO_MANY = 429;
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final int STALLED_RECEIVE_BYTES = 4 * 1024;
  private static final long PATIENCE_MILLIS = 50;

  /**
   * What a viewer does after a pause.
   *
   * @param anew whether it connects again; else it goes on, if it is still in
   */
  private record Due(Viewer viewer, long time, boolean anew) {}

  private final Target target;
  private final List<Viewer> viewers;
  private final double connectsPerSecond;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final Queue<Viewer> waiting = new ArrayDeque<>();
  private final Queue<Due> paused = new ArrayDeque<>();
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final EventScan scan = new EventScan();
  private final SingleWriterRecorder delivery;
  private final Histogram connecting = new ConcurrentHistogram(3);
  private final TreeMap<Integer, Integer> refusals = new TreeMap<>();
  private final TreeMap<Integer, Integer> closes = new TreeMap<>();
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
  private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong deliveries = new AtomicLong();
  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile long measuredUntil = Long.MAX_VALUE;
  private volatile boolean over;
  private volatile long phaseBegun;
  private volatile long phaseEnded;
  private volatile long lastMeasured;
  private @Nullable Schedule churn;
  private long churned;
  private long readAt;
  private long delivered;
  private int underWay;
  private int begun;

  ViewerLoop(
      Target target, List<Viewer> viewers, double connectsPerSecond, SingleWriterRecorder delivery)
      throws IOException {
    this.target = target;
    this.viewers = List.copyOf(viewers);
    this.connectsPerSecond = connectsPerSecond;
    this.delivery = delivery;
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name("viewers").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Seats everybody, or has everybody drop and come back; from any thread. */
  void connectAll() {
    opened.set(0);
    refused.set(0);
    order(
        () -> {
          viewers.forEach(this::drop);
          paused.clear();
          waiting.addAll(viewers);
          beginPhase();
        });
  }

  /**
   * Has viewers, one after the other, drop and come back when it is due; from any thread. Those
   * that stall, or are not in, are passed over.
   *
   * @param comings and goings, with a viewer for each of the schedule's drafts
   */
  void churn(Schedule comings) {
    order(
        () -> {
          beginPhase();
          churned = 0;
          churn = comings;
        });
  }

  /** Nobody drops any more; who has, comes back. From any thread. */
  void endChurn() {
    order(() -> churn = null);
  }

  /** From now on connects are counted anew. */
  private void beginPhase() {
    begun = 0;
    connecting.reset();
    refusals.clear();
    phaseBegun = System.nanoTime();
    phaseEnded = phaseBegun;
  }

  /** Counts deliveries of appends that were due within these times; from any thread. */
  void measure(long from, long until) {
    measuredUntil = until;
    measuredFrom = from;
  }

  /** How many are in, or were until the server sent them away; from any thread. */
  int opened() {
    return opened.get();
  }

  /** How many were not let in, or lost the server meanwhile; from any thread. */
  int refused() {
    return refused.get();
  }

  /** Viewers whose connection the server ended after they were in; from any thread. */
  int ended() {
    return ended.get();
  }

  /** Frames with a new event, of all viewers; from any thread. */
  long deliveries() {
    return deliveries.get();
  }

  /** When the last frame of a measured append was read; from any thread. */
  long lastMeasured() {
    return lastMeasured;
  }

  /** The time that it took to let everybody in; from any thread. */
  long connectNanos() {
    return phaseEnded - phaseBegun;
  }

  /** What a refused viewer was told; from any thread. */
  @Nullable String problem() {
    return problem.get();
  }

  /** Throws what ended the loop, if something did; from any thread. */
  void refuseFault() {
    RuntimeException found = fault.get();
    if (found != null) {
      throw found;
    }
  }

  /** Time from a connect to being in, in microseconds. */
  Histogram connecting() {
    return connecting;
  }

  /** Refused connects by status; 0 = no answer. */
  SortedMap<Integer, Integer> refusals() {
    return ask(() -> new TreeMap<>(refusals));
  }

  /** Ended connections by close code; 0 = without one. */
  SortedMap<Integer, Integer> closes() {
    return closes;
  }

  /**
   * Whether nobody is on the way, and every viewer that reads has come up to its draft's head;
   * waits for the answer.
   */
  boolean areAllAt(long[] heads) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    order(
        () ->
            answer.complete(
                waiting.isEmpty()
                    && paused.stream().noneMatch(Due::anew)
                    && viewers.stream().allMatch(each -> isAt(each, heads))));
    try {
      return answer.get(5, TimeUnit.SECONDS);
    } catch (TimeoutException behind) {
      refuseFault();
      return false;
    } catch (ExecutionException | InterruptedException broken) {
      throw new BenchException("the viewers could not be asked", broken);
    }
  }

  private static boolean isAt(Viewer viewer, long[] heads) {
    return viewer.seat.stalls()
        || viewer.channel == null
        || (viewer.open && viewer.run.last() >= heads[viewer.seat.draft()]);
  }

  /**
   * Has the viewers that stall read on, and drop what they read: the end of a connection is behind
   * all that was sent before it. From any thread.
   */
  void drainStalled() {
    order(
        () ->
            viewers.forEach(
                viewer -> {
                  SelectionKey key = viewer.key;
                  if (viewer.seat.stalls() && key != null) {
                    key.interestOps(SelectionKey.OP_READ);
                  }
                }));
  }

  /** Of the viewers that stall, those whose connection is known to be ended. */
  int countStalledThatAreGone() {
    return ask(
        () ->
            (int)
                viewers.stream()
                    .filter(each -> each.seat.stalls() && each.channel == null)
                    .count());
  }

  /** What only the loop's thread may look at. */
  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    order(() -> answer.complete(question.get()));
    try {
      return answer.get(5, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException broken) {
      throw new BenchException("the viewers could not be asked", broken);
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
    for (Viewer viewer : viewers) {
      drop(viewer);
    }
    selector.close();
  }

  private void order(Runnable task) {
    orders.add(task);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!over) {
        selector.select(this::ready, patience());
        for (Runnable task = orders.poll(); task != null; task = orders.poll()) {
          task.run();
        }
        dropSome();
        connectSome();
        resumeSome();
      }
    } catch (IOException | RuntimeException broken) {
      fault.set(
          broken instanceof BenchException known
              ? known
              : new BenchException("the viewers stopped: " + broken, broken));
    }
  }

  private long patience() {
    if (!waiting.isEmpty() && underWay < OPENING) {
      return 1;
    }
    Schedule comings = churn;
    return comings == null
        ? PATIENCE_MILLIS
        : Math.clamp(
            TimeUnit.NANOSECONDS.toMillis(comings.due(churned) - System.nanoTime()),
            1,
            PATIENCE_MILLIS);
  }

  private void dropSome() {
    Schedule comings = churn;
    while (comings != null && System.nanoTime() - comings.due(churned) >= 0) {
      Viewer viewer = viewers.get(comings.draft(churned));
      churned++;
      if (viewer.open && !viewer.seat.stalls()) {
        drop(viewer);
        paused.removeIf(due -> due.viewer() == viewer);
        opened.decrementAndGet();
        waiting.add(viewer);
      }
    }
  }

  private void connectSome() throws IOException {
    while (!waiting.isEmpty() && underWay < OPENING && isConnectDue()) {
      connect(waiting.remove());
    }
  }

  private boolean isConnectDue() {
    return connectsPerSecond == 0
        || System.nanoTime() - phaseBegun >= begun * 1e9 / connectsPerSecond;
  }

  private void connect(Viewer viewer) throws IOException {
    begun++;
    underWay++;
    viewer.begun = System.nanoTime();
    viewer.carried = Viewer.NOTHING;
    SocketChannel channel = SocketChannel.open();
    viewer.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (viewer.seat.stalls()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_RECEIVE_BYTES);
    }
    SocketAddress source = target.source(begun);
    if (source != null) {
      channel.bind(source);
    }
    try {
      boolean atOnce = channel.connect(target.address());
      viewer.key =
          channel.register(
              selector, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, viewer);
      if (atOnce) {
        send(viewer, viewer.opening());
      }
    } catch (ConnectException gone) {
      refused(viewer, 0, String.valueOf(gone.getMessage()));
    }
  }

  private void resumeSome() {
    long now = System.nanoTime();
    for (Due due = paused.peek(); due != null && now - due.time() >= 0; due = paused.peek()) {
      paused.remove();
      if (due.anew()) {
        waiting.add(due.viewer());
      } else if (due.viewer().open) {
        send(due.viewer(), due.viewer().resume());
      }
    }
  }

  private void ready(SelectionKey key) {
    Viewer viewer = (Viewer) key.attachment();
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        send(viewer, viewer.opening());
      } else if (key.isReadable() && viewer.open && viewer.seat.stalls()) {
        drain(viewer, channel);
      } else if (key.isReadable()) {
        read(viewer, channel);
      }
    } catch (IOException lost) {
      gone(viewer, String.valueOf(lost.getMessage()));
    }
  }

  private void read(Viewer viewer, SocketChannel channel) throws IOException {
    int carried = viewer.carried.length;
    System.arraycopy(viewer.carried, 0, bytes, 0, carried);
    buffer.limit(BUFFER).position(carried);
    int length = channel.read(buffer);
    if (length < 0) {
      gone(viewer, "the server closed the connection");
      return;
    }
    readAt = System.nanoTime();
    int to = carried + length;
    int done = viewer.read(bytes, 0, to, scan, this);
    if (done == 0 && to == BUFFER) {
      throw new BenchException("a message is longer than %d bytes".formatted(BUFFER));
    }
    viewer.carried = done == to ? Viewer.NOTHING : Arrays.copyOfRange(bytes, done, to);
    deliveries.lazySet(delivered);
  }

  private void drain(Viewer viewer, SocketChannel channel) {
    try {
      if (channel.read(buffer.clear()) >= 0) {
        return;
      }
    } catch (IOException reset) {
      viewer.closeCode = 0;
    }
    drop(viewer);
  }

  private void gone(Viewer viewer, String reason) {
    if (viewer.open) {
      closing(viewer, viewer.closeCode);
    } else {
      refused(viewer, 0, reason);
    }
  }

  @Override
  public void opened(Viewer viewer) {
    viewer.open = true;
    viewer.visited = true;
    underWay--;
    phaseEnded = System.nanoTime();
    connecting.recordValue(TimeUnit.NANOSECONDS.toMicros(phaseEnded - viewer.begun));
    SelectionKey key = viewer.key;
    if (viewer.seat.stalls() && key != null) {
      key.interestOps(0);
    }
    opened.incrementAndGet();
  }

  @Override
  public void refused(Viewer viewer, int status, String text) {
    boolean wasOpen = viewer.open;
    drop(viewer);
    if (!wasOpen) {
      underWay--;
    }
    if (status == TOO_MANY && viewer.visited) {
      // It is back before the server saw it go.
      paused.add(new Due(viewer, System.nanoTime() + PAUSE, true));
      return;
    }
    refusals.merge(status, 1, Integer::sum);
    problem.compareAndSet(null, Problems.told(status, text));
    refused.incrementAndGet();
  }

  @Override
  public void event(Viewer viewer, long revision, long due) {
    if (!viewer.run.arrived(revision)) {
      return;
    }
    delivered++;
    if (due != 0 && due >= measuredFrom && due < measuredUntil) {
      delivery.recordValue(Math.max(0, (readAt - due) / 1_000));
      lastMeasured = readAt;
    }
  }

  @Override
  public void closing(Viewer viewer, int code) {
    if (viewer.open) {
      closes.merge(code, 1, Integer::sum);
      ended.incrementAndGet();
    }
    drop(viewer);
    viewer.closeCode = code;
  }

  @Override
  public void send(Viewer viewer, byte[] message) {
    SocketChannel channel = viewer.channel;
    if (channel == null) {
      return;
    }
    try {
      if (channel.write(ByteBuffer.wrap(message)) < message.length) {
        throw new BenchException("the server does not read what viewers send");
      }
    } catch (IOException lost) {
      gone(viewer, String.valueOf(lost.getMessage()));
    }
  }

  @Override
  public void pause(Viewer viewer) {
    paused.add(new Due(viewer, System.nanoTime() + PAUSE, false));
  }

  private void drop(Viewer viewer) {
    viewer.open = false;
    viewer.key = null;
    SocketChannel channel = viewer.channel;
    viewer.channel = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException alreadyGone) {
        viewer.closeCode = 0;
      }
    }
  }
}
