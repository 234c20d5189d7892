package dev.ringdraft.access;

import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.Credentials.None;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the credentials of a request, the same for every transport. A token in {@code
 * Authorization} counts before one of the handshake's subprotocols, any token before a development
 * user. A header field that occurs twice is refused.
 */
public final class CredentialsParser {
  /** The header field of a token (RFC 6750, section 2.1). */
  public static final String AUTHORIZATION = "Authorization";

  /** The header field that names a development user. */
  public static final String USER_ID = "X-User-Id";

  private static final Pattern BEARER =
      Pattern.compile("Bearer +([^\\s,]+)", Pattern.CASE_INSENSITIVE);

  private CredentialsParser() {}

  /**
   * What a caller sent.
   *
   * @param authorizations the values of {@link #AUTHORIZATION}
   * @param userIds the values of {@link #USER_ID}
   * @param offeredToken a token among the offered subprotocols; null when there is none
   * @param offeredUser a development user among the offered subprotocols; null when there is none
   */
  public record Sent(
      List<String> authorizations,
      List<String> userIds,
      @Nullable String offeredToken,
      @Nullable String offeredUser) {
    /** A request without subprotocols. */
    public static Sent inHeaders(List<String> authorizations, List<String> userIds) {
      return new Sent(authorizations, userIds, null, null);
    }
  }

  /** Authenticates the caller by what they sent; malformed credentials are refused. */
  public static Authentication authenticate(Sent sent, Authenticator authenticator) {
    if (sent.authorizations.size() > 1) {
      return twice(AUTHORIZATION, sent.authorizations);
    }
    if (sent.authorizations.size() == 1) {
      Matcher bearer = BEARER.matcher(sent.authorizations.getFirst().strip());
      return bearer.matches()
          ? authenticator.authenticate(new BearerToken(bearer.group(1)))
          : new Refused(
              CredentialsFault.MALFORMED,
              "Authorization: not understood (expected: Bearer and one token)");
    }
    if (sent.offeredToken != null) {
      return authenticator.authenticate(new BearerToken(sent.offeredToken));
    }
    if (sent.userIds.size() > 1) {
      return twice(USER_ID, sent.userIds);
    }
    String user = sent.userIds.isEmpty() ? sent.offeredUser : sent.userIds.getFirst();
    return authenticator.authenticate(user == null ? new None() : new DevelopmentUser(user));
  }

  private static Refused twice(String header, List<String> values) {
    return new Refused(
        CredentialsFault.MALFORMED,
        "%s: %d of them (expected: 1)".formatted(header, values.size()));
  }
}
