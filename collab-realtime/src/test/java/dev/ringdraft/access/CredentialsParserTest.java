package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.access.Authentication.Refused;
import dev.ringdraft.access.CredentialsParser.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsParserTest {
  private final List<Credentials> seen = new ArrayList<>();

  private Authentication parse(Sent sent) {
    return CredentialsParser.authenticate(
        sent,
        credentials -> {
          seen.add(credentials);
          return new Refused("not judged here");
        });
  }

  @Test
  void a_token_in_the_header_counts_before_all_others() {
    parse(new Sent(List.of("bearer  a.b.c "), List.of("ana"), "offered", "ben"));

    assertEquals(List.of(new Credentials.BearerToken("a.b.c")), seen);
  }

  @Test
  void an_offered_token_counts_before_a_development_user() {
    parse(new Sent(List.of(), List.of("ana"), "offered", "ben"));

    assertEquals(List.of(new Credentials.BearerToken("offered")), seen);
  }

  @Test
  void the_user_of_the_header_counts_before_the_offered_one() {
    parse(new Sent(List.of(), List.of("ana"), null, "ben"));
    parse(new Sent(List.of(), List.of(), null, "ben"));
    parse(Sent.inHeaders(List.of(), List.of()));

    assertEquals(
        List.of(
            new Credentials.DevelopmentUser("ana"),
            new Credentials.DevelopmentUser("ben"),
            new Credentials.None()),
        seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer a b", "Bearer a,b", "Basic YTpi", "a.b.c"})
  void a_header_that_is_no_bearer_token_is_refused_unseen(String authorization) {
    assertInstanceOf(Refused.class, parse(Sent.inHeaders(List.of(authorization), List.of("ana"))));
    assertEquals(List.of(), seen);
  }

  @Test
  void a_header_that_occurs_twice_is_refused_unseen() {
    assertEquals(
        new Refused(CredentialsFault.MALFORMED, "Authorization: 2 of them (expected: 1)"),
        parse(Sent.inHeaders(List.of("Bearer a", "Bearer a"), List.of())));
    assertEquals(
        new Refused(CredentialsFault.MALFORMED, "X-User-Id: 2 of them (expected: 1)"),
        parse(Sent.inHeaders(List.of(), List.of("ana", "ana"))));
    assertEquals(List.of(), seen);
  }
}
