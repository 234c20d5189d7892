package dev.ringdraft.rest.export;

import dev.ringdraft.eventstore.RecordedEvent;

/** Writes a draft from its events, one by one. For one export, and one thread. */
interface EventWriter {
  /** Writes what stands before the first event. */
  void begin(StringBuilder out);

  /** Writes what an event adds, which may be nothing. */
  void add(RecordedEvent event, StringBuilder out);

  /** Writes what stands behind the last event. */
  void end(StringBuilder out);
}
