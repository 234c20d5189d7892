package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside {@code serve}, as an operator calls them. */
@Tag("long")
final class CliIT {
  private static final String SECRET = "a secret that is long enough for HS256";

  @TempDir private Path folder;

  private record Ended(int code, List<String> output, String errors) {}

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    try (Program program = Program.start(folder, environment, arguments)) {
      List<String> output = program.output();
      return new Ended(program.exitCode(), output, program.errors());
    }
  }

  private Ended run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private static Map<String, String> of(EmbeddedPostgres database) {
    return Map.of(
        "COLLAB_DATABASE_URL",
        database.url() + "?options=-c%20statement_timeout=9000",
        "COLLAB_DATABASE_USER",
        database.user(),
        "COLLAB_DATABASE_PASSWORD",
        database.password());
  }

  @Test
  void a_database_is_checked_migrated_and_checked_again() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      Ended before = run(of(database), "check", "--http.port=9");
      assertEquals(0, before.code(), before::errors);
      assertTrue(before.output().contains("http.port=9  (--http.port)"), before::toString);
      assertTrue(before.output().contains("http.host=127.0.0.1"), before::toString);
      assertTrue(
          before.output().contains("database.password=…  (COLLAB_DATABASE_PASSWORD)"),
          before::toString);
      assertFalse(before.toString().contains(database.password()), before::toString);
      assertFalse(before.toString().contains("statement_timeout"), before::toString);
      assertTrue(before.toString().contains("its schema is not up to date"), before::toString);

      Ended migrated = run(of(database), "migrate");
      assertEquals(
          List.of("the schema of the database is up to date"), migrated.output(), migrated::errors);
      assertEquals(0, migrated.code());

      Ended after = run(of(database), "check");
      assertTrue(
          after.output().contains("database: it answers, and its schema is up to date"),
          after::toString);
      assertEquals(0, after.code());
    }
  }

  @Test
  void drafts_are_verified_and_what_was_done_to_a_table_is_named() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      Ended early = run(of(database), "verify");
      assertEquals(1, early.code());
      assertTrue(early.errors().contains("is not up to date"), early::errors);
      assertFalse(early.errors().contains("\tat "), early::errors);

      assertEquals(0, run(of(database), "migrate").code());
      Ended sound = run(of(database), "verify");
      assertEquals(List.of("0 drafts, 0 events: 0 faults"), sound.output(), sound::errors);
      assertEquals(0, sound.code());
      assertEquals("", sound.errors());

      try (Connection connection =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          Statement statement = connection.createStatement()) {
        statement.execute("insert into draft_member values ('zed', 'd1')");
      }
      Ended damaged = run(of(database), "verify");
      assertEquals(1, damaged.code());
      assertEquals(
          List.of(
              "draft d1, revision 1: missing, the log is empty",
              "draft d1: head: missing",
              "draft d1: members: zed is no member",
              "1 drafts, 0 events: 3 faults"),
          damaged.output());
      assertEquals(damaged.output(), run(of(database), "verify", "--draft=d1").output());

      Ended none = run(of(database), "verify", "--draft", "d2");
      assertEquals(1, none.code());
      assertEquals(List.of("draft d2: there is none"), none.output());
    }
  }

  @Test
  void what_can_not_be_used_is_one_line_without_a_stack_trace() throws Exception {
    Ended check =
        run(
            "check",
            "--database.url=jdbc:postgresql://127.0.0.1:1/none",
            "--auth.jwt.public-key=x");
    assertEquals(1, check.code());
    assertTrue(
        check.errors().contains("ringdraft: auth.jwt.public-key: x: can't be read"), check::errors);
    assertTrue(check.errors().contains("127.0.0.1:1/none refuses"), check::errors);
    assertFalse(check.errors().contains("\tat "), check::errors);

    Ended migrate =
        run(
            "migrate",
            "--database.url=jdbc:postgresql://127.0.0.1:1/none",
            "--database.start-timeout-seconds=1");
    assertEquals(1, migrate.code());
    assertFalse(migrate.errors().contains("\tat "), migrate::errors);

    assertEquals(2, run("check", "--http.prot=1").code());
    assertEquals(2, run("token", "ana").code());
    assertEquals(2, run("doctor", "ftp://nowhere").code());
  }

  @Test
  void a_check_starts_nothing_and_leaves_nothing_behind() throws Exception {
    Ended check = run("check");

    assertEquals(0, check.code(), check::errors);
    assertFalse(Files.exists(folder.resolve("data")));
  }

  @Test
  void a_server_accepts_the_token_of_its_own_configuration() throws Exception {
    Path configuration = folder.resolve("my.properties");
    Files.writeString(
        configuration,
        """
        auth.jwt.hmac-secret=%s
        auth.jwt.issuer=https://id.example
        auth.jwt.audience=drafts,rings
        auth.jwt.authorized-parties=https://drafts.example
        """
            .formatted(SECRET));
    String token = token("--config", configuration.toString(), "ana");

    assertAccepted(token, "--config", configuration.toString());
  }

  @Test
  void a_server_with_a_public_key_accepts_the_token_of_the_private_one() throws Exception {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(256);
      }
      KeyPair pair = generator.generateKeyPair();
      Path privateKey = pem(algorithm, "PRIVATE KEY", pair.getPrivate().getEncoded());
      Path publicKey = pem(algorithm, "PUBLIC KEY", pair.getPublic().getEncoded());
      String token = token("--private-key", privateKey.toString(), "--minutes", "5", "ana");

      assertAccepted(token, "--auth.jwt.public-key", publicKey.toString());
    }
  }

  private Path pem(String name, String kind, byte[] encoded) throws IOException {
    String lines = Base64.getMimeEncoder().encodeToString(encoded);
    return Files.writeString(
        folder.resolve(name + " " + kind),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines));
  }

  private String token(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "token";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Ended signed = run(all);
    assertEquals(0, signed.code(), signed::errors);
    assertEquals(1, signed.output().size(), signed::toString);
    return signed.output().getFirst();
  }

  private void assertAccepted(String token, String... configuration) throws Exception {
    String[] arguments = new String[configuration.length + 1];
    arguments[0] = "--http.port=0";
    System.arraycopy(configuration, 0, arguments, 1, configuration.length);
    try (Program program = Program.start(folder, Map.of(), arguments);
        HttpClient client = HttpClient.newHttpClient()) {
      URI session = URI.create(program.url() + "/v1/collab/session");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(session).header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString());
      assertTrue(answer.body().contains("\"user_id\":\"ana\""), answer::body);
    }
  }

  @Test
  void the_doctor_finds_a_server_in_development_mode_well() throws Exception {
    try (Program program = Program.start(folder, Map.of(), "--http.port=0")) {
      Ended visit = run("doctor", program.url());

      assertEquals(0, visit.code(), visit::toString);
      assertEquals(
          List.of("http", "draft", "websocket", "sse", "long polling"),
          visit.output().stream().map(line -> line.substring(8, 22).strip()).toList());
      assertTrue(visit.output().stream().allMatch(line -> line.startsWith("ok ")), visit::toString);
    }
  }

  @Test
  void the_doctor_says_what_is_missing_without_credentials_or_a_server() throws Exception {
    try (Program program =
        Program.start(folder, Map.of(), "--http.port=0", "--auth.jwt.hmac-secret", SECRET)) {
      Ended refused = run("doctor", program.url());

      assertEquals(1, refused.code());
      assertTrue(refused.toString().contains("can't be created: status 401"), refused::toString);
      assertTrue(
          refused.toString().contains("the handshake reaches the server, which answers 401"),
          refused::toString);
    }
    Ended nobody = run("doctor", "http://127.0.0.1:1");
    assertEquals(1, nobody.code());
    assertTrue(nobody.toString().contains("nothing listens there"), nobody::toString);
    assertEquals("", nobody.errors());
  }

  @Test
  void the_doctor_names_another_server() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(502, -1);
          exchange.close();
        });
    other.start();
    try {
      Ended visit = run("doctor", "http://127.0.0.1:" + other.getAddress().getPort());

      assertEquals(1, visit.code());
      assertTrue(
          visit.toString().contains("no Ringdraft server answers: status 502"), visit::toString);
    } finally {
      other.stop(0);
    }
  }
}
