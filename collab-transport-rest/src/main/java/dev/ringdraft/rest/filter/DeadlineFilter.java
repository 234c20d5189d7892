package dev.ringdraft.rest.filter;

import dev.ringdraft.eventstore.Deadline;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;

/** Gives each request its deadline when it arrives, before anything waits on its behalf. */
@PreMatching
@Priority(DeadlineFilter.FIRST)
public final class DeadlineFilter implements ContainerRequestFilter {
  static final int FIRST = RequestIdFilter.FIRST - 1;

  private static final String DEADLINE = DeadlineFilter.class.getName();
  private static final String TIME = DEADLINE + ".time";

  private final Duration time;

  /**
   * @param time how long a command may take from its arrival
   */
  public DeadlineFilter(Duration time) {
    this.time = time;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(TIME, time);
    request.setProperty(DEADLINE, Deadline.after(time));
  }

  /** Begins the time of a request anew: its body was asked for late, and has come. */
  static void restart(ContainerRequestContext request) {
    if (request.getProperty(TIME) instanceof Duration time) {
      request.setProperty(DEADLINE, Deadline.after(time));
    }
  }

  /** The moment by which a command of this request must have been answered. */
  public static Deadline of(ContainerRequestContext request) {
    return request.getProperty(DEADLINE) instanceof Deadline deadline ? deadline : Deadline.none();
  }
}
