package dev.ringdraft.rest.request;

import dev.ringdraft.access.Authentication;
import dev.ringdraft.access.Authentication.Authenticated;
import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.Authentication.Undecided;
import dev.ringdraft.access.Authenticator;
import dev.ringdraft.access.Credentials.BearerToken;
import dev.ringdraft.access.Credentials.DevelopmentUser;
import dev.ringdraft.access.Credentials.None;
import dev.ringdraft.rest.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out who is asking from a request's header fields. An {@code Authorization} is judged alone,
 * whatever else is there; {@code X-User-Id} counts only without it. Of either there may be one.
 */
public final class RequestAuthenticator {
  private static final String DEVELOPMENT_USER = "X-User-Id";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([^\\s,]+)", Pattern.CASE_INSENSITIVE);

  private final Authenticator authenticator;
  private final RequestRates rates;
  private final RemoteAddresses addresses;

  public RequestAuthenticator(
      Authenticator authenticator, RequestRates rates, RemoteAddresses addresses) {
    this.authenticator = authenticator;
    this.rates = rates;
    this.addresses = addresses;
  }

  /**
   * Who is asking. Of users the request is counted, of others their address.
   *
   * @param peer address at the other end of the connection
   * @throws ProblemException when they ask too often
   */
  public Authentication admit(MultivaluedMap<String, String> headers, String peer) {
    Authentication found = recognise(headers);
    switch (found) {
      case Authenticated known -> rates.count(known.user());
      case Refused refused -> countAddress(headers, peer);
      case Undecided undecided -> countAddress(headers, peer);
    }
    return found;
  }

  /** Whether a request says who is asking, believably or not. */
  public static boolean showCredentials(MultivaluedMap<String, String> headers) {
    return headers.containsKey(HttpHeaders.AUTHORIZATION) || headers.containsKey(DEVELOPMENT_USER);
  }

  private void countAddress(MultivaluedMap<String, String> headers, String peer) {
    rates.count(addresses.of(peer, headers.getOrDefault(FORWARDED_FOR, List.of())));
  }

  private Authentication recognise(MultivaluedMap<String, String> headers) {
    List<String> authorizations = headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
    if (!authorizations.isEmpty()) {
      return byAuthorization(authorizations);
    }
    List<String> names = headers.getOrDefault(DEVELOPMENT_USER, List.of());
    return switch (names.size()) {
      case 0 -> authenticator.authenticate(new None());
      case 1 -> authenticator.authenticate(new DevelopmentUser(names.getFirst()));
      default -> new Refused("X-User-Id: %d of them (expected: 1)".formatted(names.size()));
    };
  }

  private Authentication byAuthorization(List<String> authorizations) {
    if (authorizations.size() > 1) {
      return new Refused(
          "Authorization: %d of them (expected: 1)".formatted(authorizations.size()));
    }
    Matcher bearer = BEARER.matcher(authorizations.getFirst().strip());
    return bearer.matches()
        ? authenticator.authenticate(new BearerToken(bearer.group(1)))
        : new Refused("Authorization: not understood (expected: Bearer and one token)");
  }
}
