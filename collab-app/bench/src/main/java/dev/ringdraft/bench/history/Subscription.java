package dev.ringdraft.bench.history;

import dev.ringdraft.bench.history.DraftHistory.Delivery;
import dev.ringdraft.bench.history.DraftHistory.Run;
import dev.ringdraft.bench.history.Feed.Event;
import dev.ringdraft.bench.history.Feed.Item;
import dev.ringdraft.bench.history.Feed.Position;
import dev.ringdraft.bench.history.Feed.Restart;
import dev.ringdraft.bench.history.Feed.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A subscriber by one transport, which reconnects to any server and resumes after its last event.
 */
final class Subscription implements Runnable {
  private static final long REST = 150;

  private final Servers servers;
  private final Transport transport;
  private final AtomicLong end;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Run> runs = new ArrayList<>();
  private Position position;
  private volatile long reached;
  private final AtomicInteger connects = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * @param start the position to begin after
   * @param end the draft's last revision, once it is known; above all others before
   */
  Subscription(Servers servers, Transport transport, Position start, AtomicLong end) {
    this.servers = servers;
    this.transport = transport;
    this.position = start;
    this.end = end;
    begin(start.revision(), start.epoch());
  }

  @Override
  public void run() {
    try {
      while (!isOver()) {
        try (Feed feed = transport.open(servers, servers.any(), position)) {
          connects.incrementAndGet();
          while (!isOver()) {
            feed.next().forEach(this::take);
          }
        } catch (IOException lost) {
          TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(REST, 3 * REST));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private boolean isOver() {
    return stopped || reached >= end.get();
  }

  private void take(Item item) {
    switch (item) {
      case Event received -> {
        runs.getLast().events().add(received.event());
        moveTo(received.event().revision(), position.epoch());
      }
      case Restart restart -> begin(restart.revision(), restart.epoch());
    }
  }

  private void begin(long after, String epoch) {
    runs.add(new Run(after, new ArrayList<>()));
    moveTo(after, epoch);
  }

  private void moveTo(long revision, String epoch) {
    position = new Position(position.draft(), position.user(), revision, epoch);
    reached = revision;
  }

  /** Waits until it has reached the end, or until a time; then it stops. */
  void awaitEnd(long deadline) throws InterruptedException {
    if (!ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      stopped = true;
      ended.await();
    }
  }

  /** Connections that it made; from any thread. */
  int connects() {
    return connects.get();
  }

  /** What it received. For when it has ended. */
  Delivery delivery() {
    return new Delivery("%s by %s".formatted(position.user(), transport), runs);
  }
}
