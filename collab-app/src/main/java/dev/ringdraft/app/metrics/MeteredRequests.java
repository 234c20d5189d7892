package dev.ringdraft.app.metrics;

import dev.ringdraft.app.http.handler.RequestMetrics;
import dev.ringdraft.rest.request.RequestRoute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts answers by route and status, and how long they took by route. A meter is made at its first
 * use. From then on an answer takes no lock and allocates nothing.
 */
final class MeteredRequests implements RequestMetrics {
  private static final int STATUSES = 600;

  private final Meters meters;
  private final ConcurrentMap<RequestRoute, ConcurrentMap<String, Answers>> routes =
      new ConcurrentHashMap<>();

  MeteredRequests(Meters meters) {
    this.meters = meters;
  }

  @Override
  public void answered(String method, RequestRoute route, int status) {
    of(method, route).counter(Math.clamp(status, 0, STATUSES - 1)).increment();
  }

  @Override
  public void took(String method, RequestRoute route, long nanos) {
    of(method, route).time().record(nanos, TimeUnit.NANOSECONDS);
  }

  private Answers of(String method, RequestRoute route) {
    Map<String, Answers> methods = routes.get(route);
    Answers known = methods == null ? null : methods.get(method);
    return known == null ? added(method, route) : known;
  }

  private Answers added(String method, RequestRoute route) {
    return routes
        .computeIfAbsent(route, first -> new ConcurrentHashMap<>())
        .computeIfAbsent(method, first -> new Answers(method, route.template()));
  }

  /** The answers of one method of a route. The registry gives one meter for the same labels. */
  private final class Answers {
    private final String method;
    private final String route;
    private final AtomicReferenceArray<@Nullable Counter> counters =
        new AtomicReferenceArray<>(STATUSES);
    private volatile @Nullable Timer time;

    Answers(String method, String route) {
      this.method = method;
      this.route = route;
    }

    Counter counter(int status) {
      Counter known = counters.get(status);
      return known == null ? added(status) : known;
    }

    private Counter added(int status) {
      Counter counter =
          meters.counter(
              "ringdraft.http.requests",
              "requests that were answered",
              "method",
              method,
              "route",
              route,
              "status",
              Integer.toString(status));
      counters.set(status, counter);
      return counter;
    }

    Timer time() {
      Timer known = time;
      return known == null ? added() : known;
    }

    private Timer added() {
      Timer timer =
          meters.histogram(
              "ringdraft.http.request",
              "time from a request until the first byte of its answer",
              "method",
              method,
              "route",
              route);
      time = timer;
      return timer;
    }
  }
}
