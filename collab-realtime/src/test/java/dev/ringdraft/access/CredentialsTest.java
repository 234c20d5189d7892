package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class CredentialsTest {
  @Test
  void credentials_do_not_show_their_secret() {
    assertEquals(
        "BearerToken[\u2026]", new Credentials.BearerToken("eyJhbGciOiJIUzI1NiJ9").toString());
  }
}
