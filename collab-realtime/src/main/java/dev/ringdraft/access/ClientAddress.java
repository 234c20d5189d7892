package dev.ringdraft.access;

import java.net.InetAddress;
import java.util.List;

/**
 * Finds the address of a caller. Port: the program knows which proxies it trusts. Safe for use by
 * many threads; never blocks.
 */
@FunctionalInterface
public interface ClientAddress {
  /** The header field in which proxies name the caller. */
  String FORWARDED_FOR = "X-Forwarded-For";

  /**
   * The address of the caller, as far as it can be trusted.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the values of {@link #FORWARDED_FOR}, in order; a caller can invent them
   */
  InetAddress of(InetAddress peer, List<String> forwardedFor);

  /** No proxy is trusted: the caller is the peer. */
  static ClientAddress direct() {
    return (peer, forwardedFor) -> peer;
  }
}
