package dev.ringdraft.draft;

import java.util.List;

/** What a draft makes of a command. */
public sealed interface Decision {
  /**
   * These facts follow, all or none of them.
   *
   * @param events one or more, in order
   */
  record Accepted(List<DraftEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("an accepted command has at least one event");
      }
    }

    static Accepted of(DraftEvent... events) {
      return new Accepted(List.of(events));
    }
  }

  /** Nothing follows. */
  record Rejected(Rejection rejection) implements Decision {}
}
