package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.EventScan;
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
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Channels of the subscribers: connects, reads and drops them, and acts on what a subscriber finds
 * in its bytes. Confined to the thread of the {@link SubscriberLoop}.
 *
 * <table>
 * <caption>A subscriber's connection</caption>
 * <tr><th>state</th><th>event</th><th>next</th></tr>
 * <tr><td>waiting</td><td>its connect is due</td><td>connecting</td></tr>
 * <tr><td>connecting</td><td>accepted</td><td>open</td></tr>
 * <tr><td>connecting</td><td>refused or lost</td><td>refused</td></tr>
 * <tr><td>connecting</td><td>429, and it was open before</td><td>paused, then waiting</td></tr>
 * <tr><td>open</td><td>dropped by the bench</td><td>waiting</td></tr>
 * <tr><td>open</td><td>closed by the server</td><td>ended</td></tr>
 * </table>
 */
final class SubscriberIo implements BenchSubscriber.Listener {
  private static final int BUFFER = 256 * 1024;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int STALLED_RECEIVE_BYTES = 4 * 1024;

  /** A subscriber that waits; afterwards it connects anew, or sends on its open connection. */
  private record Paused(BenchSubscriber subscriber, long until, boolean reconnects) {}

  private final Target target;
  private final Selector selector;
  private final ConnectQueue connects;
  private final ConnectionCounts connections = new ConnectionCounts();
  private final DeliveryCounts deliveries;
  private final Queue<Paused> paused = new ArrayDeque<>();
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final EventScan scan = new EventScan();
  private long readAt;

  SubscriberIo(Target target, Selector selector, ConnectQueue connects, DeliveryCounts deliveries) {
    this.target = target;
    this.selector = selector;
    this.connects = connects;
    this.deliveries = deliveries;
  }

  /** Thread-safe as {@link ConnectionCounts} says. */
  ConnectionCounts connections() {
    return connections;
  }

  /** Thread-safe as {@link DeliveryCounts} says. */
  DeliveryCounts deliveries() {
    return deliveries;
  }

  /** Starts a phase, for which connects are counted and paced anew. */
  void beginPhase() {
    long now = System.nanoTime();
    connects.beginPhase(now);
    connections.beginPhase(now);
  }

  /** Whether a subscriber waits for its connect, or to retry one. */
  boolean hasWaiting() {
    return !connects.isEmpty() || paused.stream().anyMatch(Paused::reconnects);
  }

  /** Whether a connect waits only for its time. */
  boolean isPaced() {
    return connects.isPaced();
  }

  /** Drops a subscriber and queues its connect. */
  void reconnect(BenchSubscriber subscriber) {
    paused.removeIf(each -> each.subscriber() == subscriber);
    drop(subscriber);
    connects.add(subscriber);
  }

  /** Begins the connects that are due. */
  void connectDue() throws IOException {
    for (BenchSubscriber next = connects.next(); next != null; next = connects.next()) {
      connect(next);
    }
  }

  /** Ends the pauses that are over. */
  void resumeDue() {
    long now = System.nanoTime();
    for (Paused due = paused.peek(); due != null && now - due.until() >= 0; due = paused.peek()) {
      paused.remove();
      if (due.reconnects()) {
        connects.add(due.subscriber());
      } else if (due.subscriber().open) {
        send(due.subscriber(), due.subscriber().resume());
      }
    }
  }

  private void connect(BenchSubscriber subscriber) throws IOException {
    subscriber.begun = System.nanoTime();
    subscriber.carried = BenchSubscriber.NOTHING;
    SocketChannel channel = SocketChannel.open();
    subscriber.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (subscriber.spec.stalls()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_RECEIVE_BYTES);
    }
    SocketAddress source = target.source(connects.begun());
    if (source != null) {
      channel.bind(source);
    }
    try {
      boolean atOnce = channel.connect(target.address());
      subscriber.key =
          channel.register(
              selector, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, subscriber);
      if (atOnce) {
        send(subscriber, subscriber.opening());
      }
    } catch (ConnectException unreachable) {
      refused(subscriber, 0, String.valueOf(unreachable.getMessage()));
    }
  }

  /** Handles a channel that is ready. */
  void ready(SelectionKey key) {
    BenchSubscriber subscriber = (BenchSubscriber) key.attachment();
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        send(subscriber, subscriber.opening());
      } else if (key.isReadable() && subscriber.open && subscriber.spec.stalls()) {
        discard(subscriber, channel);
      } else if (key.isReadable()) {
        read(subscriber, channel);
      }
    } catch (IOException lost) {
      lost(subscriber, String.valueOf(lost.getMessage()));
    }
  }

  private void read(BenchSubscriber subscriber, SocketChannel channel) throws IOException {
    int carried = subscriber.carried.length;
    System.arraycopy(subscriber.carried, 0, bytes, 0, carried);
    buffer.limit(BUFFER).position(carried);
    int length = channel.read(buffer);
    if (length < 0) {
      lost(subscriber, "the server closed the connection");
      return;
    }
    readAt = System.nanoTime();
    int to = carried + length;
    int done = subscriber.read(bytes, 0, to, scan, this);
    if (done == 0 && to == BUFFER) {
      throw new BenchException("a message is longer than %d bytes".formatted(BUFFER));
    }
    subscriber.carried = done == to ? BenchSubscriber.NOTHING : Arrays.copyOfRange(bytes, done, to);
    deliveries.publish();
  }

  private void discard(BenchSubscriber subscriber, SocketChannel channel) {
    try {
      if (channel.read(buffer.clear()) >= 0) {
        return;
      }
    } catch (IOException reset) {
      subscriber.closeCode = 0;
    }
    drop(subscriber);
  }

  private void lost(BenchSubscriber subscriber, String reason) {
    if (subscriber.open) {
      closing(subscriber, subscriber.closeCode);
    } else {
      refused(subscriber, 0, reason);
    }
  }

  /** Closes the connection, if there is one. */
  void drop(BenchSubscriber subscriber) {
    subscriber.open = false;
    subscriber.key = null;
    SocketChannel channel = subscriber.channel;
    subscriber.channel = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException alreadyClosed) {
        subscriber.closeCode = 0;
      }
    }
  }

  @Override
  public void opened(BenchSubscriber subscriber) {
    subscriber.open = true;
    subscriber.visited = true;
    connects.settled();
    connections.opened(subscriber.begun);
    SelectionKey key = subscriber.key;
    if (subscriber.spec.stalls() && key != null) {
      key.interestOps(0);
    }
  }

  @Override
  public void refused(BenchSubscriber subscriber, int status, String text) {
    boolean wasOpen = subscriber.open;
    drop(subscriber);
    if (!wasOpen) {
      connects.settled();
    }
    if (status == TOO_MANY_REQUESTS && subscriber.visited) {
      // It reconnected before the server noticed that it had dropped.
      paused.add(new Paused(subscriber, System.nanoTime() + RETRY_NANOS, true));
    } else {
      connections.refused(status, text);
    }
  }

  @Override
  public void event(BenchSubscriber subscriber, long revision, long due) {
    if (subscriber.sequence.arrived(revision)) {
      deliveries.delivered(due, readAt);
    }
  }

  @Override
  public void closing(BenchSubscriber subscriber, int code) {
    if (subscriber.open) {
      connections.ended(code);
    }
    drop(subscriber);
    subscriber.closeCode = code;
  }

  @Override
  public void send(BenchSubscriber subscriber, byte[] message) {
    SocketChannel channel = subscriber.channel;
    if (channel == null) {
      return;
    }
    try {
      if (channel.write(ByteBuffer.wrap(message)) < message.length) {
        throw new BenchException("the server does not read what subscribers send");
      }
    } catch (IOException broken) {
      lost(subscriber, String.valueOf(broken.getMessage()));
    }
  }

  @Override
  public void pause(BenchSubscriber subscriber) {
    paused.add(new Paused(subscriber, System.nanoTime() + RETRY_NANOS, false));
  }
}
