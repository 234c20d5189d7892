package dev.ringdraft.app.http.codec;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.app.http.address.Loopback;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what this machine asks itself, for a server that believes every name.
 *
 * <ul>
 *   <li>The {@code Host} is one of {@link Loopback}, or the name that the server listens on. A page
 *       of another site can have its own name lead to loopback after the browser has loaded it (DNS
 *       rebinding), and the browser then takes the server's answers for that site's.
 *   <li>No proxy has passed it on: who asks may be anywhere.
 * </ul>
 *
 * A request without {@code Host} (HTTP/1.0) comes from no browser.
 */
public final class LoopbackOnly implements RequestPolicy {
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private final String ownName;

  /**
   * @param ownName what the server listens on
   */
  public LoopbackOnly(String ownName) {
    this.ownName = ownName.toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable Problem fault(HttpRequestPacket request) {
    String host = request.getHeader("Host");
    if (host != null && !isOurs(withoutPort(host).toLowerCase(Locale.ROOT))) {
      return refused("asked for by a name that is not loopback's (expected: localhost)");
    }
    return OF_PROXIES.stream()
        .filter(name -> request.getHeader(name) != null)
        .findFirst()
        .map(name -> refused("passed on by a proxy, as %s tells".formatted(name)))
        .orElse(null);
  }

  private boolean isOurs(String host) {
    return host.equals(ownName) || Loopback.isMeantBy(host);
  }

  private static String withoutPort(String host) {
    return PORT.matcher(host).replaceFirst("");
  }

  private static Problem refused(String why) {
    return Problem.of(
        ProblemCode.FORBIDDEN,
        "in development mode this server is for its own machine alone, and this was " + why);
  }
}
