package dev.ringdraft.eventstore;

import java.util.List;

/**
 * Hears of commits. Port.
 *
 * <p>Called on the thread that committed, after the commit, so it must return at once and never
 * throw. For one draft it may be called from several threads, out of order or twice with the same
 * events: their revisions say which are news.
 */
@FunctionalInterface
public interface CommitListener {
  /**
   * Some events were committed.
   *
   * @param events of one draft, with consecutive revisions; one or more
   */
  void committed(List<RecordedEvent> events);

  /** Hears nothing. */
  static CommitListener none() {
    return events -> {};
  }
}
