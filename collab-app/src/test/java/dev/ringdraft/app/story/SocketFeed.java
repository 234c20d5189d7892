package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.app.story.Person.Watch;
import java.util.List;

/** Events that are pushed over a WebSocket. */
final class SocketFeed implements Feed {
  private final Watch watch;

  SocketFeed(Viewer viewer) {
    watch = viewer.person().watchFrom(viewer.draft(), viewer.revision(), viewer.epoch());
  }

  @Override
  public News next() throws InterruptedException {
    JsonNode frame = watch.next(PATIENCE).frame();
    String type = frame.path("type").asText();
    return switch (type) {
      case "connected" -> new News.Came(List.of());
      case "draining" -> new News.Draining(frame.get("reconnect_in_ms").asLong());
      case "closed" -> new News.Over(frame.get("by").asText());
      default -> {
        if (!type.startsWith("collab.")) {
          throw new AssertionError("came: " + frame);
        }
        yield new News.Came(List.of(frame));
      }
    };
  }

  @Override
  public void close() {
    watch.leave();
  }
}
