package dev.ringdraft.rest.request;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.InetAddress;

/** The address of a request's caller, once the peer address filter has found it. */
public final class CallerAddress {
  /**
   * The property of a request in which a filter of the embedding service keeps the address of the
   * peer, an {@link InetAddress}, on another container than Grizzly.
   */
  public static final String PEER = "dev.ringdraft.rest.peer";

  private static final String PROPERTY = CallerAddress.class.getName();

  private CallerAddress() {}

  /** Keeps the address with the request. */
  public static void keep(ContainerRequestContext request, InetAddress address) {
    request.setProperty(PROPERTY, address);
  }

  /**
   * The address that was kept with the request.
   *
   * @throws IllegalStateException when none was
   */
  public static InetAddress of(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof InetAddress address) {
      return address;
    }
    throw new IllegalStateException("the peer address filter has not run");
  }
}
