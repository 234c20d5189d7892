package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.util.List;

/** What a {@link Feed} has to tell. */
sealed interface News {
  /** Events, in the order in which they came; none when there is nothing new. */
  record Came(List<JsonNode> events) implements News {
    public Came {
      events = List.copyOf(events);
    }
  }

  /** The server will go away. */
  record Draining(long reconnectInMillis) implements News {}

  /**
   * Nothing more will come.
   *
   * @param how a close code and its reason, a status, {@code ended} for an answer that was
   *     complete, {@code refused} where nobody listens any more, else what broke it off
   */
  record Over(String how) implements News {
    static Over by(Throwable fault) {
      return new Over(fault instanceof ConnectException ? "refused" : fault.toString());
    }
  }
}
