package dev.ringdraft.rest.filter;

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

  /** Of a peer that has disconnected before its request was read, or whom no filter has found. */
  private static final String UNKNOWN = "0.0.0.0";

  private final ClientAddress addresses;

  @Context private @Nullable Provider<Request> requests;

  public PeerAddressFilter(ClientAddress addresses) {
    this.addresses = addresses;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> forwardedFor =
        request.getHeaders().getOrDefault(ClientAddress.FORWARDED_FOR, List.of());
    CallerAddress.keep(request, addresses.of(peer(request), forwardedFor));
  }

  private InetAddress peer(ContainerRequestContext request) {
    Request grizzly = GrizzlyRequest.of(requests);
    if (grizzly == null && request.getProperty(CallerAddress.PEER) instanceof InetAddress known) {
      return known;
    }
    String address = grizzly == null ? UNKNOWN : grizzly.getRemoteAddr();
    return address(address == null ? UNKNOWN : address);
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
