package dev.ringdraft.notification;

import dev.ringdraft.draft.DraftId;

/**
 * Carries notifications between servers that a draft has moved on, to make quick what the log makes
 * right. Port. Notifications may be lost, doubled, late, or come back to the one who sent them: the
 * revision decides.
 *
 * <p>Safe for use by many threads.
 */
public interface CommitNotifier extends AutoCloseable {
  /** Notifies the other servers, soon. Never waits and never throws; may join or drop hints. */
  void notifyCommit(DraftId draft, long revision);

  /** From now on the listener hears of other servers' hints. Called once. */
  void listen(Listener listener);

  /** Stops telling and listening. */
  @Override
  void close();

  /** Hears of hints; must return at once and never throw. */
  @FunctionalInterface
  interface Listener {
    void onCommit(DraftId draft, long revision);
  }

  /** For a single server: carries nothing. */
  static CommitNotifier none() {
    return new CommitNotifier() {
      @Override
      public void notifyCommit(DraftId draft, long revision) {}

      @Override
      public void listen(Listener listener) {}

      @Override
      public void close() {}
    };
  }
}
