package dev.ringdraft.app.story;

import java.time.Duration;

/**
 * The events of a draft by one transport, after the last one that its follower has. For one thread.
 */
sealed interface EventFeed extends AutoCloseable permits SocketFeed, StreamFeed, PollFeed, TagFeed {
  /** How long something may be on its way on a busy machine. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits for the next result. */
  FeedResult next() throws InterruptedException;

  /** Goes away, whatever is on its way. */
  @Override
  void close();
}
