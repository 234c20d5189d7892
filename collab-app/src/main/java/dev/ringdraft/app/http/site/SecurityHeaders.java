package dev.ringdraft.app.http.site;

import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.app.http.address.Loopback;
import dev.ringdraft.app.http.address.TrustedProxies;
import dev.ringdraft.app.http.handler.RequestHandler;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Answers as a part does, and says to browsers, unless the part says more: this is no page and
 * loads nothing (CSP level 3), nobody else may embed it, addresses are nobody else's business, and,
 * to those who came by TLS, that they shall come by TLS from now on (RFC 6797).
 */
public final class SecurityHeaders implements RequestHandler {
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String A_YEAR = "max-age=31536000";

  private final RequestHandler part;
  private final TrustedProxies proxies;

  /**
   * @param proxies that are believed when they say that they were asked by TLS
   */
  public SecurityHeaders(RequestHandler part, TrustedProxies proxies) {
    this.part = part;
    this.proxies = proxies;
  }

  @Override
  public boolean answers(String path) {
    return part.answers(path);
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    response.setHeader("Content-Security-Policy", NOTHING);
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Referrer-Policy", "no-referrer");
    // Whoever tries TLS out at home would have all of localhost pinned to it.
    if (cameByTls(request) && !Loopback.isMeantBy(request.getServerName())) {
      response.setHeader("Strict-Transport-Security", A_YEAR);
    }
    part.answer(request, response);
  }

  private boolean cameByTls(Request request) {
    List<String> said =
        StreamSupport.stream(request.getHeaders(ClientAddress.FORWARDED_PROTO).spliterator(), false)
            .toList();
    return proxies.askedByTls(request.isSecure(), request.getRemoteAddr(), said);
  }
}
