package dev.ringdraft.rest.request;

import java.util.List;

/**
 * Finds out where a request comes from. Port: what stands before the server, the server knows. Safe
 * for use by many threads.
 */
@FunctionalInterface
public interface RemoteAddresses {
  /**
   * The address of the caller, as far as it can be believed.
   *
   * @param peer address at the other end of the connection
   * @param forwardedFor the request's {@code X-Forwarded-For} fields, in order
   */
  String of(String peer, List<String> forwardedFor);

  /** Nothing stands before the server, so no header is believed. */
  static RemoteAddresses direct() {
    return (peer, forwardedFor) -> peer;
  }
}
