package dev.ringdraft.timer;

import dev.ringdraft.authoring.TurnTimeouts;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.outage.OutageLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Ends turns on a few threads. A turn that takes long, because the store keeps it waiting, holds up
 * one of them and no look: a draft that is in hand is passed over.
 *
 * <p>Safe for use by many threads.
 */
final class TurnEndings {
  private static final System.Logger LOG = System.getLogger(TurnEndings.class.getName());

  /** How long one ending may wait for the store. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_FAULTY = 1_000;

  private final TurnTimeouts timeouts;
  private final TurnTimerMetrics metrics;
  private final OutageLog outage;
  private final ExecutorService workers;
  private final Set<DraftId> inHand = new HashSet<>();

  /** Drafts whose fault has been logged. */
  private final Set<DraftId> faulty = new HashSet<>();

  private int endedSinceLook;
  private boolean closed;

  TurnEndings(TurnTimeouts timeouts, TurnTimerMetrics metrics, OutageLog outage, int workers) {
    this.timeouts = timeouts;
    this.metrics = metrics;
    this.outage = outage;
    this.workers =
        Executors.newFixedThreadPool(workers, Thread.ofVirtual().name("turn-timer-", 0).factory());
  }

  /** Begins to end these turns, which one look found, in this order. */
  synchronized void begin(List<OverdueTurn> turns) {
    long foundAt = System.nanoTime();
    endedSinceLook = 0;
    for (OverdueTurn turn : turns) {
      if (!closed && inHand.add(turn.draft())) {
        workers.execute(() -> end(turn, foundAt));
      }
    }
  }

  private void end(OverdueTurn turn, long foundAt) {
    boolean ended = false;
    try {
      ended = !isClosed() && timeouts.end(turn, Deadline.after(PATIENCE));
      if (ended) {
        metrics.ended(turn.late().plusNanos(System.nanoTime() - foundAt));
      }
    } catch (StoreUnavailableException unavailable) {
      metrics.endFailed();
      outage.failed(String.valueOf(unavailable.getMessage()));
    } catch (RuntimeException fault) {
      metrics.endFailed();
      if (isNew(turn.draft())) {
        LOG.log(Level.ERROR, "draft " + turn.draft() + ": its turn can't be ended", fault);
      }
    } finally {
      over(turn.draft(), ended);
    }
  }

  private synchronized boolean isNew(DraftId faultyDraft) {
    if (faulty.size() >= MAX_FAULTY) {
      faulty.clear();
    }
    return faulty.add(faultyDraft);
  }

  private synchronized void over(DraftId draft, boolean ended) {
    inHand.remove(draft);
    if (ended) {
      faulty.remove(draft);
      endedSinceLook++;
    }
    notifyAll();
  }

  /**
   * Waits until no turn is in hand, but no longer than the given moment.
   *
   * @param moment by {@link System#nanoTime}
   * @return whether it came to that, and a turn was ended here since the last look
   */
  synchronized boolean awaitProgress(long moment) throws InterruptedException {
    while (!inHand.isEmpty()) {
      if (!waits(moment)) {
        return false;
      }
    }
    return endedSinceLook > 0;
  }

  /** Waits for the given moment; false when this was closed meanwhile. */
  synchronized boolean await(long moment) throws InterruptedException {
    boolean waiting = true;
    while (waiting) {
      waiting = waits(moment);
    }
    return !closed;
  }

  private boolean waits(long moment) throws InterruptedException {
    long left = moment - System.nanoTime();
    if (closed || left <= 0) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedWait(this, left);
    return true;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Begins no more, and waits for those that run. */
  void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    workers.shutdown();
    if (!workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Level.WARNING, "a turn was still being ended after {0}", PATIENCE);
    }
  }
}
