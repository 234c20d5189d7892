package dev.ringdraft.app.story;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Events that are read when the draft's ETag is another than that of what was seen. A page may lag
 * behind the ETag that made its reader ask, so the ETag before it would not do.
 */
final class TagFeed implements Feed {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Viewer viewer;

  TagFeed(Viewer viewer) {
    this.viewer = viewer;
  }

  @Override
  public News next() throws InterruptedException {
    HttpResponse<Void> answer;
    try {
      answer =
          Person.HTTP.send(
              viewer
                  .person()
                  .request("/drafts/" + viewer.draft())
                  .header("If-None-Match", "\"%s.%d\"".formatted(viewer.epoch(), viewer.revision()))
                  .build(),
              BodyHandlers.discarding());
    } catch (IOException fault) {
      return News.Over.by(fault);
    }
    return switch (answer.statusCode()) {
      case 304 -> {
        LockSupport.parkNanos(PAUSE.toNanos());
        yield new News.Came(List.of());
      }
      case 200 -> PollFeed.page(viewer, "");
      default -> new News.Over(Integer.toString(answer.statusCode()));
    };
  }

  @Override
  public void close() {}
}
