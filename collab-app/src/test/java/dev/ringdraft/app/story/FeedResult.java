package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.util.List;

/** One result of a {@link EventFeed}. */
sealed interface FeedResult {
  /** Events, in the order in which they came; none when there is nothing new. */
  record Came(List<JsonNode> events) implements FeedResult {
    public Came {
      events = List.copyOf(events);
    }
  }

  /** The server will go away. */
  record Draining(long reconnectInMillis) implements FeedResult {}

  /**
   * Nothing more will come.
   *
   * @param how a close code and its reason, a status, {@code ended} for an answer that was
   *     complete, {@code refused} where nobody listens any more, else the failure
   */
  record Over(String how) implements FeedResult {
    static Over by(Throwable fault) {
      return new Over(fault instanceof ConnectException ? "refused" : fault.toString());
    }
  }
}
