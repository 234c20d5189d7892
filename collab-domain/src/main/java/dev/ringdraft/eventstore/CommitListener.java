package dev.ringdraft.eventstore;

import java.util.List;
import java.util.function.Consumer;

/**
 * Hears of commits. Port.
 *
 * <p>Called on the thread that committed, after the commit, so it must return at once. What it
 * throws changes nothing about the commit and its answer. For one draft it may be called from
 * several threads, out of order or twice with the same events: their revisions say which are news.
 */
@FunctionalInterface
public interface CommitListener {
  /**
   * Some events were committed.
   *
   * @param events of one draft, with consecutive revisions; one or more
   */
  void committed(List<RecordedEvent> events);

  /**
   * Several listeners, called one after the other. None is kept from hearing by what another
   * throws.
   *
   * @param faults gets each exception that a listener throws
   */
  static CommitListener all(Consumer<RuntimeException> faults, CommitListener... listeners) {
    List<CommitListener> all = List.of(listeners);
    return events -> all.forEach(each -> call(each, events, faults));
  }

  private static void call(
      CommitListener listener, List<RecordedEvent> events, Consumer<RuntimeException> faults) {
    try {
      listener.committed(events);
    } catch (RuntimeException fault) {
      faults.accept(fault);
    }
  }

  /** Hears nothing. */
  static CommitListener none() {
    return events -> {};
  }
}
