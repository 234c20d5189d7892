package dev.ringdraft.eventstore;

import java.util.List;

/** What became of a {@link Commit}. */
public sealed interface AppendResult {
  /**
   * It is permanent.
   *
   * @param events the commit's events with their revisions
   */
  record Appended(List<RecordedEvent> events) implements AppendResult {
    public Appended {
      events = List.copyOf(events);
    }
  }

  /** Nothing was written: the draft is at another revision than expected, or begun already. */
  record RevisionConflict() implements AppendResult {}

  /** Nothing was written: the command has its receipt, so it was carried out before. */
  record CommandRepeated() implements AppendResult {}
}
