package dev.ringdraft.app.story;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Events that are read when the draft's ETag is another than before. */
final class TagFeed implements Feed {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Viewer viewer;
  private String tag;

  TagFeed(Viewer viewer) {
    this.viewer = viewer;
    this.tag = "\"%s.%d\"".formatted(viewer.epoch(), viewer.revision());
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
                  .header("If-None-Match", tag)
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
      case 200 -> {
        tag = answer.headers().firstValue("ETag").orElseThrow();
        yield PollFeed.page(viewer, "");
      }
      default -> new News.Over(Integer.toString(answer.statusCode()));
    };
  }

  @Override
  public void close() {}
}
