package dev.ringdraft.websocket.socket;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.websocket.config.WebSocketSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the sockets of one server share. Safe for use by many threads.
 *
 * @param renewal judges a token that is to take the place of one that ends; may block
 * @param clock of the server, which clients are shown
 * @param tokenClock decides when tokens end
 * @param nanoClock measures times, in nanoseconds
 * @param timer ends connections that take too long to close
 */
record SocketContext(
    WebSocketSettings settings,
    Function<String, Authentication> renewal,
    InstantSource clock,
    InstantSource tokenClock,
    LongSupplier nanoClock,
    ScheduledExecutorService timer) {
  /** Runs what must not wait, after a time, or at once when the timer is closed. */
  void afterwards(Duration time, Runnable task) {
    try {
      Future<?> unused = timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      task.run();
    }
  }
}
