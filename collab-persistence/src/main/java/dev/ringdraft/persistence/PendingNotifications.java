package dev.ringdraft.persistence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.notification.CommitNotifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hints that wait to be told: of each draft the highest revision. Bounded; a hint too many is
 * dropped, as hints may be. As text: the sender, then {@code draft:revision}, with blanks between.
 * Safe for use by many threads.
 */
final class PendingNotifications {
  /** PostgreSQL refuses a payload of 8,000 bytes. */
  static final int MAX_MESSAGE_BYTES = 7_900;

  private static final int MAX_WAITING = 10_000;

  private final Map<DraftId, Long> waiting = new HashMap<>();

  /** Adds a hint and wakes whoever waits for one. */
  synchronized void add(DraftId draft, long revision) {
    if (waiting.size() < MAX_WAITING || waiting.containsKey(draft)) {
      waiting.merge(draft, revision, Math::max);
      notifyAll();
    }
  }

  /** Waits for a hint, and takes as many as one message can hold: one or more. */
  synchronized String next(String sender) throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    StringBuilder message = new StringBuilder(sender);
    List<DraftId> told = new ArrayList<>();
    for (Map.Entry<DraftId, Long> hint : waiting.entrySet()) {
      String text = " " + hint.getKey() + ":" + hint.getValue();
      if (message.length() + text.length() > MAX_MESSAGE_BYTES) {
        break;
      }
      message.append(text);
      told.add(hint.getKey());
    }
    told.forEach(waiting::remove);
    return message.toString();
  }

  /** Tells the listener what a message says, unless we sent it ourselves; skips what is no hint. */
  static void read(String message, String ourselves, CommitNotifier.Listener listener) {
    String[] parts = message.split(" ", -1);
    if (parts[0].equals(ourselves)) {
      return;
    }
    for (int i = 1; i < parts.length; i++) {
      int colon = parts[i].indexOf(':');
      try {
        listener.onCommit(
            new DraftId(parts[i].substring(0, Math.max(0, colon))),
            Long.parseLong(parts[i].substring(colon + 1)));
      } catch (IllegalArgumentException noHint) {
        // another program's message, or a newer one's
      }
    }
  }
}
