package dev.ringdraft.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The grain of all instants in events: whole milliseconds, as the wire shows them. Every event cuts
 * off the rest when it is made, so that an event is equal to itself however a store keeps it, and a
 * caller may pass {@link Instant#now}.
 */
public final class Milliseconds {
  private Milliseconds() {}

  /** The instant without what is finer; never a later one. */
  public static Instant of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
