package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.app.story.Person.Watch;
import java.util.List;

/** Events that are pushed over a WebSocket. */
final class SocketFeed implements EventFeed {
  private final Watch watch;

  SocketFeed(Follower follower) {
    watch = follower.person().watchFrom(follower.draft(), follower.revision(), follower.epoch());
  }

  @Override
  public FeedResult next() throws InterruptedException {
    JsonNode frame = watch.next(PATIENCE).frame();
    String type = frame.path("type").asText();
    return switch (type) {
      case "connected" -> new FeedResult.Came(List.of());
      case "draining" -> new FeedResult.Draining(frame.get("reconnect_in_ms").asLong());
      case "closed" -> new FeedResult.Over(frame.get("by").asText());
      default -> {
        if (!type.startsWith("collab.")) {
          throw new AssertionError("came: " + frame);
        }
        yield new FeedResult.Came(List.of(frame));
      }
    };
  }

  @Override
  public void close() {
    watch.leave();
  }
}
