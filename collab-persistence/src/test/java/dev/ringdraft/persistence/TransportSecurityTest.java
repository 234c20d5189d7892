package dev.ringdraft.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportSecurityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/drafts",
        "jdbc:postgresql://127.0.0.1:5433,[::1]/drafts?sslmode=disable",
        "jdbc:postgresql:drafts",
        "jdbc:postgresql://192.0.2.1/drafts?sslmode=verify-full",
        "jdbc:postgresql://192.0.2.1/drafts?sslmode=verify-ca",
        "jdbc:postgresql://192.0.2.1/drafts?ssl=true",
        "jdbc:postgresql://192.0.2.1/drafts?socketFactory=some.UnixSocketFactory"
      })
  void a_database_of_this_machine_or_with_a_checked_certificate_is_no_reason_to_warn(String url) {
    assertNull(TransportSecurity.weakness(url));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://192.0.2.1/drafts, the connection may be unencrypted",
    "jdbc:postgresql://192.0.2.1/drafts?sslmode=prefer, the connection may be unencrypted",
    "jdbc:postgresql://192.0.2.1/drafts?sslmode=disable, the connection may be unencrypted",
    "'jdbc:postgresql://localhost,192.0.2.1/drafts', the connection may be unencrypted",
    "jdbc:postgresql://192.0.2.1/drafts?sslmode=require, its certificate is not checked"
  })
  void a_database_of_another_machine_that_others_may_pose_as_is_named(String url, String what) {
    assertEquals(
        what + "; add sslmode=verify-full and sslrootcert=FILE to the parameters of database.url",
        TransportSecurity.weakness(url));
  }
}
