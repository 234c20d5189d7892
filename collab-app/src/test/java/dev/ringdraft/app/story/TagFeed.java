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
final class TagFeed implements EventFeed {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Follower follower;

  TagFeed(Follower follower) {
    this.follower = follower;
  }

  @Override
  public FeedResult next() throws InterruptedException {
    HttpResponse<Void> answer;
    try {
      answer =
          Person.HTTP.send(
              follower
                  .person()
                  .request("/drafts/" + follower.draft())
                  .header(
                      "If-None-Match", "\"%s.%d\"".formatted(follower.epoch(), follower.revision()))
                  .build(),
              BodyHandlers.discarding());
    } catch (IOException fault) {
      return FeedResult.Over.by(fault);
    }
    return switch (answer.statusCode()) {
      case 304 -> {
        LockSupport.parkNanos(PAUSE.toNanos());
        yield new FeedResult.Came(List.of());
      }
      case 200 -> PollFeed.page(follower, "");
      default -> new FeedResult.Over(Integer.toString(answer.statusCode()));
    };
  }

  @Override
  public void close() {}
}
