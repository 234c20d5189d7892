package dev.ringdraft.persistence.turn;

import dev.ringdraft.persistence.connection.Sessions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clock of the database, as this process knows it without a question: in whole milliseconds,
 * which is what events keep.
 *
 * <p>A sample is an instant that the database showed between two readings of {@link
 * System#nanoTime}. Its uncertainty is half the time between them, as in Cristian's algorithm. It
 * grows with the age of the sample by 100 ppm, since the two clocks drift. The clock follows the
 * sample that is least uncertain now. A sample that contradicts it shows that the database's clock
 * was set, that there is another primary, or that this machine slept: the clock follows it at once.
 *
 * <p>An estimate that is behind by up to {@link #MAX_HOLD} makes the clock stand still until the
 * estimate has caught up. By more the clock goes back, because it counts by the database's clock.
 *
 * <p>Without samples it goes on by the last one. Safe for use by many threads; never blocks.
 */
public final class DatabaseClock implements InstantSource {
  /** How long the clock may stand still, in milliseconds, before it goes back instead. */
  static final long MAX_HOLD = 1_000;

  private static final String NOW = "select clock_timestamp()";
  private static final int SAMPLES_AT_START = 3;
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** 100 ppm: 1 ns in so many. */
  private static final long DRIFT = 10_000;

  private final LongSupplier nanoTime;
  private final AtomicLong shown = new AtomicLong(Long.MIN_VALUE);
  private volatile Estimate estimate;

  /**
   * @param sentAt nanoseconds before the database was asked
   * @param instant that the database showed
   * @param receivedAt nanoseconds after it answered
   */
  record Sample(long sentAt, Instant instant, long receivedAt) {}

  /**
   * What follows from a sample.
   *
   * @param offset of the database's clock, in nanoseconds since 1970, to {@link System#nanoTime}
   * @param uncertainty by how much the offset may be wrong, in nanoseconds
   * @param at when that was so
   */
  private record Estimate(long offset, long uncertainty, long at) {
    static Estimate of(Sample sample) {
      long half = (sample.receivedAt() - sample.sentAt()) / 2;
      Instant instant = sample.instant();
      long epochNanos = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
      return new Estimate(epochNanos - (sample.sentAt() + half), half + 1, sample.receivedAt());
    }

    long uncertaintyAt(long nanos) {
      return uncertainty + (nanos - at) / DRIFT;
    }

    boolean contradicts(Estimate later) {
      return Math.abs(later.offset - offset) > later.uncertainty + uncertaintyAt(later.at);
    }
  }

  DatabaseClock(Sample first, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.estimate = Estimate.of(first);
  }

  /** Asks the database a few times, so that one slow answer does not count. */
  public static DatabaseClock start(Sessions sessions) {
    DatabaseClock clock = new DatabaseClock(ask(sessions), System::nanoTime);
    for (int i = 1; i < SAMPLES_AT_START; i++) {
      clock.add(ask(sessions));
    }
    return clock;
  }

  private static Sample ask(Sessions sessions) {
    return sessions.readDirectly(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NOW)) {
            long sentAt = System.nanoTime();
            try (ResultSet row = statement.executeQuery()) {
              long receivedAt = System.nanoTime();
              row.next();
              return new Sample(sentAt, instant(row, 1), receivedAt);
            }
          }
        });
  }

  /** A column of the type {@code timestamptz}. */
  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Takes one more sample into account. */
  synchronized void add(Sample sample) {
    Estimate next = Estimate.of(sample);
    Estimate present = estimate;
    if (present.contradicts(next) || next.uncertainty() <= present.uncertaintyAt(next.at())) {
      estimate = next;
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    long now = Math.floorDiv(estimate.offset() + nanoTime.getAsLong(), NANOS_PER_MILLI);
    long before = shown.get();
    while (now > before || before - now > MAX_HOLD) {
      if (shown.compareAndSet(before, now)) {
        return now;
      }
      before = shown.get();
    }
    return before;
  }
}
