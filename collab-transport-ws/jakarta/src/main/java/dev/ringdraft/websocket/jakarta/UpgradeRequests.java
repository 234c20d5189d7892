package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.websocket.handshake.Handshake;
import dev.ringdraft.websocket.handshake.HandshakeRequest;
import dev.ringdraft.websocket.handshake.Peer;
import dev.ringdraft.websocket.handshake.RequestLine;
import jakarta.websocket.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Upgrade requests of a container, in the form that the handshake judges. */
final class UpgradeRequests {
  /** The part of the path that names the draft. */
  static final String DRAFT = "draft_id";

  /** Where Jetty names the address of the client; other containers do not. */
  private static final String REMOTE_ADDRESS = "jakarta.websocket.endpoint.remoteAddress";

  private static final String HEADERS = UpgradeRequests.class.getName();

  private UpgradeRequests() {}

  /** The header fields, by name in lower case. */
  private record Headers(Map<String, List<String>> byName) {}

  /** Keeps the header fields until the socket opens; they hold a secret. */
  static void keep(
      Map<String, Object> properties, jakarta.websocket.server.HandshakeRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach(
            (name, values) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1))
                    .addAll(values));
    properties.put(HEADERS, new Headers(headers));
  }

  /** The request of a socket that opens; its header fields are not kept any longer. */
  static HandshakeRequest take(
      Session session, Map<String, Object> properties, ClientAddress addresses) {
    if (!(properties.remove(HEADERS) instanceof Headers kept)) {
      throw new IllegalStateException("the configurator keeps the request of each socket");
    }
    // A copy on some containers.
    session.getUserProperties().remove(HEADERS);
    Map<String, List<String>> headers = kept.byName();
    String draft = session.getPathParameters().getOrDefault(DRAFT, "");
    return new HandshakeRequest(
        peer(session, properties.get(REMOTE_ADDRESS), headers, addresses),
        new RequestLine("GET", Handshake.DRAFTS + draft, session.getQueryString(), true),
        headers);
  }

  private static Peer peer(
      Session session,
      @Nullable Object remote,
      Map<String, List<String>> headers,
      ClientAddress addresses) {
    if (!(remote instanceof InetSocketAddress address)) {
      return new Peer(null, session.isSecure());
    }
    InetAddress network = address.getAddress();
    return new Peer(
        addresses.of(network, values(headers, ClientAddress.FORWARDED_FOR)),
        addresses.askedByTls(
            session.isSecure(), network, values(headers, ClientAddress.FORWARDED_PROTO)));
  }

  private static List<String> values(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
