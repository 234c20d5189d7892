package dev.ringdraft.rest.filter;

import jakarta.inject.Provider;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** The request as Grizzly has it, where the application is on Grizzly. */
final class GrizzlyRequest {
  private GrizzlyRequest() {}

  /** Null on another container, where Jersey injects no provider, or one of nothing. */
  static @Nullable Request of(@Nullable Provider<Request> injected) {
    return injected == null ? null : injected.get();
  }
}
