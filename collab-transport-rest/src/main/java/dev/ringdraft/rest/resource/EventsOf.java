package dev.ringdraft.rest.resource;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.eventstore.RecordedEvent;

/** Finds among the facts of a commit the one that its answer is about. */
final class EventsOf {
  private EventsOf() {}

  /**
   * The last fact of this type.
   *
   * @throws IllegalStateException when there is none: the command leads to other facts
   */
  static <E extends DraftEvent> E of(Committed committed, Class<E> type) {
    return committed.events().reversed().stream()
        .map(RecordedEvent::event)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a commit without " + type.getSimpleName()));
  }
}
