package dev.ringdraft.rest.filter;

import static java.util.Objects.requireNonNull;

import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.rest.request.CallerAddress;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** Finds the address of each request's caller, behind proxies too. */
@PreMatching
@Priority(PeerAddressFilter.EARLY)
public final class PeerAddressFilter implements ContainerRequestFilter {
  static final int EARLY = RequestIdFilter.FIRST + 1;

  /** The address of a peer that has disconnected before its request was read. */
  private static final String GONE = "0.0.0.0";

  private final ClientAddress addresses;

  @Context private @Nullable Provider<Request> requests;

  public PeerAddressFilter(ClientAddress addresses) {
    this.addresses = addresses;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String peer = requireNonNull(requests, "injected").get().getRemoteAddr();
    List<String> forwardedFor =
        request.getHeaders().getOrDefault(ClientAddress.FORWARDED_FOR, List.of());
    CallerAddress.keep(request, addresses.of(address(peer == null ? GONE : peer), forwardedFor));
  }

  /** Grizzly gives the address as text, always in numbers. */
  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException noLiteral) {
      throw new UncheckedIOException(noLiteral);
    }
  }
}
