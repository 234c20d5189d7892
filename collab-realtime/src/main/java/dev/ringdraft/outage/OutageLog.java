package dev.ringdraft.outage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Logs the outages of one thing that a server depends on: a warning with the cause when one begins,
 * and a line with its length and the number of failures when it is over.
 *
 * <table>
 * <caption>States</caption>
 * <tr><td>works</td><td>the first failure is logged: fails</td></tr>
 * <tr><td>fails</td><td>a failure is counted; a success later than {@link #QUIET} after the last
 *     failure is logged: works</td></tr>
 * </table>
 *
 * <p>A thing that fails now and then is one outage and not many. Safe for use by many threads; a
 * success costs a volatile read while the thing works.
 */
public final class OutageLog {
  /** The time without a failure after which an outage is over. */
  public static final Duration QUIET = Duration.ofSeconds(5);

  private final Logger log;
  private final String subject;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean failing;
  private long begunAt;
  private long failedAt;
  private long failures;

  /**
   * A log of a thing that works.
   *
   * @param subject the thing with its article, such as {@code the database}
   */
  public OutageLog(Logger log, String subject) {
    this(log, subject, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public OutageLog(Logger log, String subject, LongSupplier nanoTime) {
    this.log = log;
    this.subject = subject;
    this.nanoTime = nanoTime;
  }

  /**
   * Counts a failure.
   *
   * @param cause one line for an operator; never a text, a token or a header
   */
  public void failed(String cause) {
    lock.lock();
    try {
      failedAt = nanoTime.getAsLong();
      failures++;
      if (!failing) {
        failing = true;
        begunAt = failedAt;
        failures = 1;
        log.log(Level.WARNING, "{0} fails: {1}", subject, cause);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of a success, which may end an outage. */
  public void succeeded() {
    if (failing) {
      endIfQuiet();
    }
  }

  private void endIfQuiet() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (failing && now - failedAt >= QUIET.toNanos()) {
        failing = false;
        log.log(
            Level.INFO,
            "{0} works again after {1} s; failures: {2}",
            subject,
            Long.toString(Duration.ofNanos(now - begunAt).toSeconds()),
            Long.toString(failures));
      }
    } finally {
      lock.unlock();
    }
  }
}
