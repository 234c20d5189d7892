package dev.ringdraft.persistence.signal;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.notification.CommitNotifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notifications that wait to be sent: the highest revision of each draft. Bounded; one too many is
 * dropped, which the port allows. A message is the sender, then {@code draft:revision} for each
 * draft, separated by blanks. Safe for use by many threads.
 */
final class PendingNotifications {
  /** PostgreSQL refuses a payload of 8,000 bytes. */
  static final int MAX_MESSAGE_BYTES = 7_900;

  private static final int MAX_WAITING = 10_000;

  private final Map<DraftId, Long> waiting = new HashMap<>();

  /**
   * Adds a notification and wakes the thread that waits for one.
   *
   * @return whether there was room for it
   */
  synchronized boolean add(DraftId draft, long revision) {
    if (waiting.size() >= MAX_WAITING && !waiting.containsKey(draft)) {
      return false;
    }
    waiting.merge(draft, revision, Math::max);
    notifyAll();
    return true;
  }

  /** Waits for a notification, and takes as many as fit into one message: one or more. */
  synchronized String next(String sender) throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    StringBuilder message = new StringBuilder(sender);
    List<DraftId> taken = new ArrayList<>();
    for (Map.Entry<DraftId, Long> notification : waiting.entrySet()) {
      String text = " " + notification.getKey() + ":" + notification.getValue();
      if (message.length() + text.length() > MAX_MESSAGE_BYTES) {
        break;
      }
      message.append(text);
      taken.add(notification.getKey());
    }
    taken.forEach(waiting::remove);
    return message.toString();
  }

  /**
   * Passes a message to the listener, unless it is our own; skips parts that are malformed.
   *
   * @return whether it came from another server
   */
  static boolean read(String message, String self, CommitNotifier.Listener listener) {
    String[] parts = message.split(" ", -1);
    if (parts[0].equals(self)) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      int colon = parts[i].indexOf(':');
      try {
        listener.onCommit(
            new DraftId(parts[i].substring(0, Math.max(0, colon))),
            Long.parseLong(parts[i].substring(colon + 1)));
      } catch (IllegalArgumentException malformed) {
        // another program's message, or a newer one's
      }
    }
    return true;
  }
}
