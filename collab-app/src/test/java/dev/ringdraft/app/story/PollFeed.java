package dev.ringdraft.app.story;

import dev.ringdraft.app.story.Person.Answer;
import java.io.IOException;
import java.util.List;

/** Events that are waited for, request by request. */
final class PollFeed implements EventFeed {
  private final Follower follower;

  PollFeed(Follower follower) {
    this.follower = follower;
  }

  @Override
  public FeedResult next() throws InterruptedException {
    return page(follower, "&wait=15");
  }

  @Override
  public void close() {}

  /** The events behind those that the follower has. */
  static FeedResult page(Follower follower, String query) throws InterruptedException {
    String path =
        "/drafts/%s/events?after=%d%s".formatted(follower.draft(), follower.revision(), query);
    try {
      Answer answer = follower.person().read(path);
      return answer.status() == 200
          ? new FeedResult.Came(List.copyOf(answer.data().valueStream().toList()))
          : new FeedResult.Over(Integer.toString(answer.status()));
    } catch (IOException fault) {
      return FeedResult.Over.by(fault);
    }
  }
}
