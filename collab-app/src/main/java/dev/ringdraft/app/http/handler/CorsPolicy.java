package dev.ringdraft.app.http.handler;

import java.util.Set;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;

/**
 * The other origins whose pages may read answers (the CORS protocol of the Fetch standard); of
 * others the browser keeps the answer to itself. No cookies are involved, so none are allowed.
 *
 * @param origins as a browser sends them (RFC 6454), such as {@code https://drafts.example}
 */
public record CorsPolicy(Set<String> origins) {
  /** The fields that pages of other origins may read, beside those that they always may. */
  private static final String READABLE_HEADERS =
      "ETag, Idempotency-Replayed, Location, Retry-After, WWW-Authenticate, X-Request-Id";

  private static final String ORIGIN = "Origin";
  private static final String VARY = "Vary";

  public CorsPolicy {
    origins = Set.copyOf(origins);
  }

  /** No other origin. */
  public static CorsPolicy none() {
    return new CorsPolicy(Set.of());
  }

  /**
   * Lets the page that sent the request read the answer, if its origin is allowed. A second time it
   * changes nothing.
   *
   * @return whether the origin is allowed
   */
  public boolean apply(HttpRequestPacket request, HttpResponsePacket response) {
    if (!origins.isEmpty() && !varies(response)) {
      response.addHeader(VARY, ORIGIN);
    }
    String origin = request.getHeader(ORIGIN);
    boolean allowed = origin != null && origins.contains(origin);
    if (allowed) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", READABLE_HEADERS);
    }
    return allowed;
  }

  /** Whether caches know already that the answer depends on the origin. */
  private static boolean varies(HttpResponsePacket response) {
    return StreamSupport.stream(response.getHeaders().values(VARY).spliterator(), false)
        .anyMatch(ORIGIN::equals);
  }
}
