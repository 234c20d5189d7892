package dev.ringdraft.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * All writers, on one thread: each append is sent when it is due, or as soon after as the one
 * before it in the same draft has been answered; its latency counts from when it was due.
 *
 * <p>A connection has one request under way. Drafts share connections, a draft keeps to one.
 */
final class AppendLoop implements AutoCloseable {
  /** Connections at most, so appends that are under way at once. */
  static final int CONNECTIONS = 64;

  /** How long answers are waited for when the last append was due. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NAP = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int NONE = -1;

  /** A draft as its writer knows it: the request that is sent again and again, with new stamps. */
  private static final class Writer {
    private final byte[] request;
    private final int stampAt;
    private long head;

    Writer(Target target, Seat seat, int payloadCodePoints) {
      String before = "{\"content\":\"";
      String body = before + "x".repeat(payloadCodePoints) + "\"}";
      String head =
          """
          POST /v1/collab/drafts/%s/segments HTTP/1.1\r
          Host: %s\r
          %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(
                  seat.draftId(), target.host(), target.credentials(seat.user()), body.length());
      this.request = (head + body).getBytes(US_ASCII);
      this.stampAt = head.length() + before.length();
      this.head = seat.head();
    }

    byte[] requestDue(long due) {
      Stamp.write(due, request, stampAt);
      return request;
    }
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final Queue<Long> due = new ArrayDeque<>();
    private final AnswerReader answer = new AnswerReader();
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private long underWay = NONE;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private final List<Writer> writers = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Schedule schedule;
  private final long number;
  private final long measuredFrom;
  private final SingleWriterRecorder latency;
  private final Selector selector;
  private final Thread thread;
  private final byte[] bytes = new byte[16 * 1024];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final TreeMap<Integer, Integer> refusals = new TreeMap<>();
  private final AtomicLong answered = new AtomicLong();
  private volatile @Nullable String problem;
  private volatile @Nullable RuntimeException fault;
  private volatile long lastAnswered;
  private long next;
  private long open;

  /**
   * @param seats of the owners, one a draft
   * @param number of appends in all
   * @param measuredFrom appends that are due before are not counted
   */
  AppendLoop(
      Target target,
      List<Seat> seats,
      int payloadCodePoints,
      Schedule schedule,
      long number,
      long measuredFrom,
      SingleWriterRecorder latency)
      throws IOException {
    this.schedule = schedule;
    this.number = number;
    this.measuredFrom = measuredFrom;
    this.latency = latency;
    this.selector = Selector.open();
    for (Seat seat : seats) {
      writers.add(new Writer(target, seat, payloadCodePoints));
    }
    for (int i = 0; i < Math.min(CONNECTIONS, seats.size()); i++) {
      SocketChannel channel = SocketChannel.open(target.address());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Connection connection = new Connection(channel);
      channel.register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
    }
    this.thread = Thread.ofPlatform().name("writers").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Appends that were answered with 201; from any thread. */
  long answered() {
    return answered.get();
  }

  /** When the last one was; from any thread. */
  long lastAnswered() {
    return lastAnswered;
  }

  /** What the first refused append was told; from any thread. */
  @Nullable String problem() {
    return problem;
  }

  /** Throws what ended the loop, if something did; from any thread. */
  void refuseFault() {
    RuntimeException found = fault;
    if (found != null) {
      throw found;
    }
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Appends that were not answered with 201, by status; 0 = not at all. When it is over. */
  SortedMap<Integer, Integer> refusals() {
    return refusals;
  }

  /** The revision that each draft has come to; when it is over. */
  long[] heads() {
    return writers.stream().mapToLong(writer -> writer.head).toArray();
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private void run() {
    try {
      long end = schedule.due(number) + PATIENCE;
      while (next < number || open > 0) {
        long now = System.nanoTime();
        takeDue(now);
        if (now > end) {
          refusals.merge(0, (int) open, Integer::sum);
          problem = "%d appends were not answered".formatted(open);
          return;
        }
        await(next < number ? schedule.due(next) - System.nanoTime() : 50 * MILLISECOND);
      }
    } catch (IOException | RuntimeException broken) {
      fault =
          broken instanceof BenchException known
              ? known
              : new BenchException("the writers stopped: " + broken.getMessage(), broken);
    }
  }

  private void takeDue(long now) throws IOException {
    while (next < number && schedule.due(next) - now <= 0) {
      Connection connection = connections.get(schedule.draft(next) % connections.size());
      connection.due.add(next);
      next++;
      open++;
      sendNext(connection);
    }
  }

  /** A selector waits whole milliseconds; what is left of one is slept in short naps. */
  private void await(long nanos) throws IOException {
    if (nanos >= MILLISECOND) {
      selector.select(this::ready, nanos / MILLISECOND);
      return;
    }
    if (nanos > 0) {
      LockSupport.parkNanos(Math.min(nanos, NAP));
    }
    selector.selectNow(this::ready);
  }

  private void sendNext(Connection connection) throws IOException {
    Long first = connection.underWay == NONE ? connection.due.poll() : null;
    if (first == null) {
      return;
    }
    connection.underWay = first;
    connection.answer.restart();
    byte[] request = writers.get(schedule.draft(first)).requestDue(schedule.due(first));
    connection.unsent = ByteBuffer.wrap(request);
    write(connection);
  }

  private void write(Connection connection) throws IOException {
    connection.channel.write(connection.unsent);
    SelectionKey key = connection.channel.keyFor(selector);
    if (key != null) {
      int write = connection.unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0;
      key.interestOps(SelectionKey.OP_READ | write);
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        write(connection);
      }
      if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException lost) {
      throw new BenchException("the server was lost: " + lost.getMessage() + refusedBefore(), lost);
    }
  }

  private void read(Connection connection) throws IOException {
    buffer.clear();
    int length = connection.channel.read(buffer);
    if (length < 0) {
      throw new BenchException("the server closed a writer's connection" + refusedBefore());
    }
    int unused = connection.answer.read(bytes, 0, length);
    if (connection.answer.isComplete() && connection.underWay != NONE) {
      long which = connection.underWay;
      connection.underWay = NONE;
      open--;
      answered(which, connection.answer);
      sendNext(connection);
    }
  }

  /** Often a connection ends with a refusal. */
  private String refusedBefore() {
    return problem == null ? "" : "; before that " + problem;
  }

  private void answered(long which, AnswerReader answer) {
    if (answer.status() != 201) {
      refusals.merge(answer.status(), 1, Integer::sum);
      if (problem == null) {
        problem = "an append was refused: " + Problems.told(answer.status(), answer.text());
      }
      return;
    }
    long now = System.nanoTime();
    long due = schedule.due(which);
    writers.get(schedule.draft(which)).head =
        EventScan.revisionIn(answer.body(), 0, answer.bodyLength());
    answered.lazySet(answered.get() + 1);
    if (due >= measuredFrom) {
      latency.recordValue(Math.max(0, (now - due) / 1_000));
      lastAnswered = now;
    }
  }
}
