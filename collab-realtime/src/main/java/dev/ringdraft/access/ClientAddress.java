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

  /** The header field in which proxies name the scheme of the caller's request. */
  String FORWARDED_PROTO = "X-Forwarded-Proto";

  /**
   * The address of the caller, as far as it can be trusted.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the values of {@link #FORWARDED_FOR}, in order; a caller can invent them
   */
  InetAddress of(InetAddress peer, List<String> forwardedFor);

  /** Whether the peer is a proxy whose header fields count. */
  default boolean trusts(InetAddress peer) {
    return false;
  }

  /**
   * Whether the caller is known to have asked by TLS: the listener speaks it, or a trusted proxy
   * says so.
   *
   * @param forwardedProto the values of {@link #FORWARDED_PROTO}, in order; a caller can invent
   *     them
   */
  default boolean askedByTls(
      boolean listenerSpeaksTls, InetAddress peer, List<String> forwardedProto) {
    return listenerSpeaksTls
        || (forwardedProto.size() == 1
            && forwardedProto.getFirst().equalsIgnoreCase("https")
            && trusts(peer));
  }

  /** No proxy is trusted: the caller is the peer. */
  static ClientAddress direct() {
    return (peer, forwardedFor) -> peer;
  }
}
