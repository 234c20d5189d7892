package dev.ringdraft.app.http.address;

import dev.ringdraft.access.ClientAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that stand before the server and are believed when they say for whom they ask. A
 * caller can make up any {@code X-Forwarded-For}; what counts of it is what a believed proxy has
 * added, read from the right. Immutable.
 */
public final class TrustedProxies implements ClientAddress {
  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrustedProxies proxies && proxies.ranges.equals(ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return ranges.toString();
  }

  /** Nobody stands before the server. */
  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * The proxies at these addresses.
   *
   * @param ranges each an address, or a range such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException when one is neither
   */
  public static TrustedProxies of(Iterable<String> ranges) {
    List<AddressRange> parsed = new ArrayList<>();
    ranges.forEach(range -> parsed.add(AddressRange.parse(range)));
    return new TrustedProxies(parsed);
  }

  /**
   * The address of a caller: the other end of the connection, unless that is a believed proxy; then
   * the rightmost address that is none. What can't be read as an address ends the search: the proxy
   * that passed it on is the last that is known.
   *
   * @param peer at the other end of the connection
   * @param forwardedFor the request's {@code X-Forwarded-For} fields, in order
   */
  @Override
  public InetAddress of(InetAddress peer, List<String> forwardedFor) {
    InetAddress caller = peer;
    for (String hop : List.of(String.join(",", forwardedFor).split(",", -1)).reversed()) {
      Optional<InetAddress> before =
          trusts(caller) ? AddressRange.address(hop.strip()) : Optional.empty();
      if (before.isEmpty()) {
        return caller;
      }
      caller = before.get();
    }
    return caller;
  }

  /** Whether a proxy at this address is believed. */
  @Override
  public boolean trusts(InetAddress peer) {
    return ranges.stream().anyMatch(range -> range.contains(peer));
  }
}
