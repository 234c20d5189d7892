package dev.ringdraft.app.story;

import java.time.Duration;

/** What comes of a draft by one rung, from behind what its viewer has. For one thread. */
sealed interface Feed extends AutoCloseable permits SocketFeed, StreamFeed, PollFeed, TagFeed {
  /** How long something may be on its way on a busy machine. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits for the next news. */
  News next() throws InterruptedException;

  /** Goes away, whatever is on its way. */
  @Override
  void close();
}
