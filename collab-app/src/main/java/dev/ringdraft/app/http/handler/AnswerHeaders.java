package dev.ringdraft.app.http.handler;

import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.access.Problem;
import dev.ringdraft.access.RequestId;
import dev.ringdraft.app.http.address.Loopback;
import dev.ringdraft.app.http.address.TrustedProxies;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * The header fields of every answer, whichever part of the program makes it: a resource, a page,
 * the handshake, the codec, or Grizzly itself. A field that the part has set stays as it is.
 *
 * <ul>
 *   <li>{@code Date} (RFC 9110, section 6.6.1), {@code X-Request-Id}, and {@code Cache-Control:
 *       no-store}.
 *   <li>For browsers: the media type is meant, the answer is no page and loads nothing (CSP level
 *       3), no other origin may embed it, and addresses are sent to no other site.
 *   <li>{@code Strict-Transport-Security} (RFC 6797) over TLS, also TLS to a trusted proxy.
 *   <li>{@code Retry-After} with 429 and 503.
 *   <li>With an error, that the page of an allowed origin may read it (the CORS protocol of the
 *       Fetch standard): a page that can't read 503 does not know that it may come back.
 * </ul>
 *
 * <p>Grizzly 4.0.2 drops {@code Date}, {@code Cache-Control}, {@code Retry-After} and some more
 * without a word once it commits a handler's answer: from then on it takes each new field for a
 * trailer. So it loses its own {@code Date}, too. A handler's answer is therefore completed just
 * before ({@code ListenerTest.each_response_has_a_date}). When Grizzly sends its own {@code Date}
 * with handlers' answers, completing in the codec is enough.
 */
public final class AnswerHeaders {
  private static final SequencedMap<String, String> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("X-Content-Type-Options", "nosniff");
    FIELDS.put("Cache-Control", "no-store");
    FIELDS.put(
        "Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    FIELDS.put("Cross-Origin-Resource-Policy", "same-origin");
    FIELDS.put("Referrer-Policy", "no-referrer");
  }

  private static final String DATE = "Date";
  private static final String A_YEAR = "max-age=31536000";
  private static final String RETRY_AFTER = "Retry-After";
  private static final String SOON = "1";

  private final TrustedProxies proxies;
  private final CorsPolicy cors;

  /**
   * @param proxies that are trusted to say whether the caller used TLS
   * @param cors which other pages may read errors
   */
  public AnswerHeaders(TrustedProxies proxies, CorsPolicy cors) {
    this.proxies = proxies;
    this.cors = cors;
  }

  /** A whole response to bytes that make no request, behind which the connection is closed. */
  public static byte[] responseWithoutRequest(Problem problem) {
    String requestId = UUID.randomUUID().toString();
    byte[] body = problem.json(requestId).getBytes(StandardCharsets.UTF_8);
    SequencedMap<String, String> fields = new LinkedHashMap<>(FIELDS);
    fields.put(DATE, FastHttpDateFormat.getCurrentDate());
    fields.put(RequestId.HEADER, requestId);
    fields.put("Content-Type", Problem.MEDIA_TYPE);
    fields.put("Content-Length", Integer.toString(body.length));
    fields.put("Connection", "close");
    HttpStatus status = HttpStatus.getHttpStatus(problem.status());
    StringBuilder head =
        new StringBuilder(
            "HTTP/1.1 %d %s\r\n".formatted(status.getStatusCode(), status.getReasonPhrase()));
    fields.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] response = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, response, bytes.length, body.length);
    return response;
  }

  /** Adds the fields that an answer lacks; to be called before it is committed. */
  public void complete(HttpResponsePacket response) {
    HttpRequestPacket request = response.getRequest();
    FIELDS.forEach((name, value) -> setIfAbsent(response, name, value));
    if (!response.containsHeader(RequestId.HEADER)) {
      response.setHeader(RequestId.HEADER, ProblemResponse.requestId(request.getHeaders()));
    }
    setIfAbsent(response, DATE, FastHttpDateFormat.getCurrentDate());
    // A year of TLS for localhost would also bind all other programs there.
    if (cameByTls(request) && !Loopback.isMeantBy(request.serverName().toString())) {
      setIfAbsent(response, "Strict-Transport-Security", A_YEAR);
    }
    if (response.getStatus() == 429 || response.getStatus() == 503) {
      setIfAbsent(response, RETRY_AFTER, SOON);
    }
    if (response.getStatus() >= 400) {
      cors.apply(request, response);
    }
    String type = response.getContentType();
    if (type != null && type.startsWith(Problem.MEDIA_TYPE)) {
      // Grizzly adds a charset to what a Writer wrote; JSON has none (RFC 8259, section 11).
      response.setCharacterEncoding(null);
      response.setContentType(Problem.MEDIA_TYPE);
    }
  }

  private static void setIfAbsent(HttpResponsePacket response, String name, String value) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }

  private boolean cameByTls(HttpRequestPacket request) {
    List<String> said =
        StreamSupport.stream(
                request.getHeaders().values(ClientAddress.FORWARDED_PROTO).spliterator(), false)
            .toList();
    return request.getConnection().getPeerAddress() instanceof InetSocketAddress peer
        && proxies.askedByTls(request.isSecure(), peer.getAddress(), said);
  }
}
