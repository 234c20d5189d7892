package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.DueStamp;
import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.HttpResponseReader;
import dev.ringdraft.bench.check.ProblemText;
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
 * All appends, on one thread and one selector. An append is sent when it is due, or once the one
 * before it on the same connection has been answered. Its latency counts from the time at which it
 * was due.
 *
 * <p>A connection has one request under way. Drafts share connections, and a draft keeps to one.
 */
final class AppendLoop implements AutoCloseable {
  /** The most connections, and so the most appends under way at a time. */
  static final int CONNECTIONS = 64;

  /** The longest wait for responses after the last append was due. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NAP = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int NONE = -1;

  /** One draft: its head, and the request that is sent again and again with new stamps. */
  private static final class Writer {
    private final byte[] request;
    private final int stampAt;
    private long head;

    Writer(Target target, ViewerSpec spec, int payloadCodePoints) {
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
                  spec.draftId(), target.host(), target.credentials(spec.user()), body.length());
      this.request = (head + body).getBytes(US_ASCII);
      this.stampAt = head.length() + before.length();
      this.head = spec.head();
    }

    byte[] requestDue(long due) {
      DueStamp.write(due, request, stampAt);
      return request;
    }
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final Queue<Long> due = new ArrayDeque<>();
    private final HttpResponseReader answer = new HttpResponseReader();
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
   * The appends of one run.
   *
   * @param number of appends, the warm-up's included
   * @param measuredFrom time from which due appends count
   */
  record Plan(Schedule schedule, int payloadCodePoints, long number, long measuredFrom) {}

  private AppendLoop(
      Target target, List<ViewerSpec> owners, Plan plan, SingleWriterRecorder latency)
      throws IOException {
    this.schedule = plan.schedule();
    this.number = plan.number();
    this.measuredFrom = plan.measuredFrom();
    this.latency = latency;
    this.selector = Selector.open();
    for (ViewerSpec owner : owners) {
      writers.add(new Writer(target, owner, plan.payloadCodePoints()));
    }
    for (int i = 0; i < Math.min(CONNECTIONS, owners.size()); i++) {
      SocketChannel channel = SocketChannel.open(target.address());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Connection connection = new Connection(channel);
      channel.register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
    }
    this.thread = Thread.ofPlatform().name("writers").daemon().unstarted(this::run);
  }

  /**
   * A started loop.
   *
   * @param owners one for each draft
   * @param latency takes microseconds
   */
  static AppendLoop start(
      Target target, List<ViewerSpec> owners, Plan plan, SingleWriterRecorder latency)
      throws IOException {
    AppendLoop loop = new AppendLoop(target, owners, plan, latency);
    loop.thread.start();
    return loop;
  }

  /** Appends that were answered with 201; from any thread. */
  long answered() {
    return answered.get();
  }

  /** The time of the last such answer; from any thread. */
  long lastAnswered() {
    return lastAnswered;
  }

  /** The reason of the first refused append; from any thread. */
  @Nullable String problem() {
    return problem;
  }

  /** Throws the exception that ended the loop, if one did; from any thread. */
  void rethrowFault() {
    RuntimeException found = fault;
    if (found != null) {
      throw found;
    }
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Appends without a 201 by status; 0 = no response. For when the loop is over. */
  SortedMap<Integer, Integer> refusals() {
    return refusals;
  }

  /** The head revision of each draft. For when the loop is over. */
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

  /** A selector waits whole milliseconds; the remainder is slept in short naps. */
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

  /** The first refusal, which often explains the end of a connection. */
  private String refusedBefore() {
    return problem == null ? "" : "; before that " + problem;
  }

  private void answered(long which, HttpResponseReader answer) {
    if (answer.status() != 201) {
      refusals.merge(answer.status(), 1, Integer::sum);
      if (problem == null) {
        problem = "an append was refused: " + ProblemText.of(answer.status(), answer.text());
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
