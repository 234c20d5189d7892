package dev.ringdraft.websocket.socket;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends the sockets of a server elsewhere. Each gets at once a frame with the time of its end; the
 * ends are spread, so that those who come back do not all come back at once.
 */
final class Drain {
  /** Between two ends there is no more than this, so that a few sockets are closed soon. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final ScheduledExecutorService timer;
  private final long within;

  /**
   * @param within how long the ends may take; what a client needs to answer a close comes on top
   */
  Drain(ScheduledExecutorService timer, Duration within) {
    this.timer = timer;
    this.within = within.toMillis();
  }

  void begin(Collection<DraftSocket> sockets) {
    int before = 0;
    for (DraftSocket socket : sockets) {
      long wait = Math.min(within * before / sockets.size(), LONGEST_PAUSE.toMillis() * before);
      socket.announceEnd(Duration.ofMillis(wait));
      Future<?> unused = timer.schedule(socket::drain, wait, TimeUnit.MILLISECONDS);
      before++;
    }
  }
}
