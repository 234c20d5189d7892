package dev.ringdraft.app.http.codec;

import dev.ringdraft.access.Problem;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.jspecify.annotations.Nullable;

/** What a request must be like besides well-formed, wherever it goes. */
@FunctionalInterface
public interface RequestPolicy {
  /** Why a request of the right form is refused all the same; null when it isn't. */
  @Nullable Problem fault(HttpRequestPacket request);

  /** Whatever has the right form is let through. */
  static RequestPolicy none() {
    return request -> null;
  }
}
