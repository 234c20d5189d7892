package dev.ringdraft.websocket.handshake;

import dev.ringdraft.access.RequestId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade request as it came (RFC 6455, section 4.1), but for its {@link RequestId}: it always
 * has one.
 *
 * @param headers values in the order in which they came, by name in lower case
 */
public record HandshakeRequest(Peer peer, RequestLine line, Map<String, List<String>> headers) {
  private static final String ID = RequestId.HEADER.toLowerCase(Locale.ROOT);

  public HandshakeRequest {
    Map<String, List<String>> named = new HashMap<>(headers);
    String id =
        RequestId.of(headers.getOrDefault(ID, List.of()), () -> UUID.randomUUID().toString());
    named.put(ID, List.of(id));
    headers = Map.copyOf(named);
  }

  /** Its id, for the response and the logs. */
  public String id() {
    return values(ID).getFirst();
  }

  /** The values of a header that may be given once or as a list, split at its commas. */
  public List<String> listed(String name) {
    List<String> listed = new ArrayList<>(2);
    for (String value : values(name)) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          listed.add(part.strip());
        }
      }
    }
    return listed;
  }

  /** Whether a listed header holds a word, in whatever case. */
  boolean lists(String name, String word) {
    for (String each : listed(name)) {
      if (each.equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  /** The value of a header, if it is there exactly once. */
  public Optional<String> single(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  public List<String> values(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * The first value of a query parameter, decoded.
   *
   * @return null when it is not there
   * @throws IllegalArgumentException when its percent-encoding is broken
   */
  @Nullable String parameter(String name) {
    String query = line.query();
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
        return decoded(pair.substring(equals + 1));
      }
    }
    return null;
  }

  /** Decodes what is no form, where a plus is a plus. */
  static String percentDecoded(String text) {
    return decoded(text.replace("+", "%2B"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
