package dev.ringdraft.room;

import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.presence.PresenceTracker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** What the rooms of one server share. Safe for use by many threads. */
record RoomContext(
    DraftEventStore store,
    PayloadEncoder encoder,
    RoomSettings settings,
    RoomMetrics metrics,
    PresenceTracker presence,
    Executor executor,
    InstantSource clock,
    LongSupplier nanoClock) {
  Instant now() {
    return clock.instant();
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  void execute(Runnable work) {
    executor.execute(work);
  }
}
