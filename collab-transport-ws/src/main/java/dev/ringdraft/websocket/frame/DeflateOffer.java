package dev.ringdraft.websocket.frame;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client offers of permessage-deflate (RFC 7692, section 7.1). The server takes the first
 * offer that it can keep: neither side carries its window from one message to the next, so that a
 * compressed frame can be shared by all and a connection holds no window; and the server's window
 * is of 15 bits, the only size that the JDK compresses with.
 */
public final class DeflateOffer {
  private static final String NAME = "permessage-deflate";
  private static final String ACCEPTED =
      NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String WIDEST = "15";

  private DeflateOffer() {}

  /**
   * Judges the elements of {@code Sec-WebSocket-Extensions}, in the client's order.
   *
   * @return what to answer in the same header; empty when nothing is agreed on
   */
  public static Optional<String> answer(List<String> offers) {
    return offers.stream().flatMap(offer -> accept(offer).stream()).findFirst();
  }

  private static Optional<String> accept(String offer) {
    String[] parts = offer.split(";", -1);
    if (!parts[0].strip().equals(NAME)) {
      return Optional.empty();
    }
    Set<String> seen = new HashSet<>();
    String answer = ACCEPTED;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
      String value = equals < 0 ? "" : unquoted(parts[i].substring(equals + 1).strip());
      if (!seen.add(name) || !isKept(name, value)) {
        return Optional.empty();
      }
      if (name.equals(SERVER_WINDOW)) {
        answer = ACCEPTED + "; " + SERVER_WINDOW + "=" + WIDEST;
      }
    }
    return Optional.of(answer);
  }

  private static boolean isKept(String name, String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
      // A narrower window of the client's is inflated just as well.
      case "client_max_window_bits" -> value.isEmpty() || value.matches("[89]|1[0-5]");
      case SERVER_WINDOW -> value.equals(WIDEST);
      default -> false;
    };
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
