package dev.ringdraft.app.http.handler;

import dev.ringdraft.rest.request.RequestRoute;

/**
 * How requests were answered, to be counted. Port: a metrics library's adapter. Called by many
 * threads, for each answer; it must return at once, never lock and never throw.
 */
public interface RequestMetrics {
  /**
   * The first byte of an answer is about to be sent.
   *
   * @param method a method of HTTP, or {@code other}
   * @param route one of a few
   */
  void answered(String method, RequestRoute route, int status);

  /**
   * How long that took from the moment at which the request had come. Not called where an answer
   * waits for events.
   *
   * @param nanos so many nanoseconds
   */
  void took(String method, RequestRoute route, long nanos);

  /** Counts nothing. */
  static RequestMetrics disabled() {
    return new RequestMetrics() {
      @Override
      public void answered(String method, RequestRoute route, int status) {}

      @Override
      public void took(String method, RequestRoute route, long nanos) {}
    };
  }
}
