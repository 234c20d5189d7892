package dev.ringdraft.app.config;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.address.TrustedProxies;
import dev.ringdraft.app.http.limits.NetworkConnectionLimits;
import dev.ringdraft.bench.check.ProblemText;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.websocket.config.ConnectionLimits;
import dev.ringdraft.websocket.config.MessageLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void nothing_given_means_the_defaults() {
    assertEquals(Configuration.defaults(), read());
  }

  @Test
  void the_defaults_are_these() {
    Configuration defaults = Configuration.defaults();

    assertEquals(new HttpSettings("127.0.0.1", 8080, TrustedProxies.none(), null), defaults.http());
    assertEquals(new DataSettings(Path.of("./data")), defaults.storage().data());
    assertEquals(new DatabaseKeys(null, "", "", 10), defaults.storage().database());
    assertEquals(
        new AuthSettings(
            DevelopmentMode.AUTOMATIC, false, null, new TokenRules(null, Set.of(), Set.of())),
        defaults.auth());
    assertEquals(new CorsSettings(Set.of()), defaults.network().cors());
    assertEquals(new AdminSettings("127.0.0.1", 0, ""), defaults.network().admin());
    assertEquals(Duration.ofDays(36_500), defaults.storage().startTimeout());
    assertEquals(
        new LimitSettings(
            new DraftLimits(200, 500, 100, 10_000),
            new DraftRates(1_000, 1_048_576),
            new HttpLimits(
                65_536, 16_384, new NetworkConnectionLimits(25_000, Duration.ofSeconds(10))),
            new SocketLimits(
                new ConnectionLimits(20_000, 500, 10, 50),
                MessageLimits.defaults(),
                Duration.ofSeconds(5)),
            new RequestLimits(Duration.ofSeconds(5), 50, 100, 10)),
        defaults.limits());
  }

  /** For each key: what to say, and what comes of it. */
  private record Example(List<String> options, Configuration expected) {}

  private Map<Key, Example> examples() throws IOException {
    Path secretFile = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Configuration d = Configuration.defaults();
    Map<Key, Example> examples = new EnumMap<>(Key.class);
    examples.put(Key.HTTP_HOST, new Example(List.of("--http.host", "::1"), http(d, "::1", 8080)));
    examples.put(Key.HTTP_PORT, new Example(List.of("--http.port", "0"), http(d, "127.0.0.1", 0)));
    examples.put(
        Key.DATA_DIR,
        new Example(
            List.of("--data.dir", "/srv/drafts"),
            storage(
                d,
                new StorageSettings(
                    new DataSettings(Path.of("/srv/drafts")), DatabaseKeys.defaults()))));
    String url = "jdbc:postgresql://db:5432/drafts";
    String[] toDatabase = {"--database.url", url};
    examples.put(
        Key.DATABASE_URL,
        new Example(List.of(toDatabase), database(d, new DatabaseKeys(url, "", "", 10))));
    examples.put(
        Key.DATABASE_USER,
        new Example(
            with(toDatabase, "--database.user", "ana"),
            database(d, new DatabaseKeys(url, "ana", "", 10))));
    examples.put(
        Key.DATABASE_PASSWORD,
        new Example(
            with(toDatabase, "--database.password= s p "),
            database(d, new DatabaseKeys(url, "", " s p ", 10))));
    examples.put(
        Key.DATABASE_PASSWORD_FILE,
        new Example(
            with(toDatabase, "--database.password-file", secretFile.toString()),
            secretIn(
                Key.DATABASE_PASSWORD_FILE,
                secretFile,
                database(d, new DatabaseKeys(url, "", SECRET, 10)))));
    examples.put(
        Key.DATABASE_POOL_SIZE,
        new Example(
            List.of("--database.pool.size", "3"), database(d, new DatabaseKeys(null, "", "", 3))));
    examples.put(
        Key.DATABASE_START_TIMEOUT,
        new Example(
            List.of("--database.start-timeout-seconds", "7"),
            storage(
                d,
                new StorageSettings(
                    DataSettings.defaults(), DatabaseKeys.defaults(), Duration.ofSeconds(7)))));
    examples.put(
        Key.AUTH_DEV,
        new Example(
            List.of("--auth.dev", "false"),
            auth(d, new AuthSettings(DevelopmentMode.OFF, false, null, TokenRules.defaults()))));
    examples.put(
        Key.AUTH_DEV_WITH_KEYS,
        new Example(
            List.of("--auth.dev-with-keys", "TRUE"),
            auth(
                d,
                new AuthSettings(DevelopmentMode.AUTOMATIC, true, null, TokenRules.defaults()))));
    String jwks = "https://id.example/.well-known/jwks.json";
    examples.put(
        Key.AUTH_JWT_JWKS_URL,
        new Example(
            List.of("--auth.jwt.jwks-url", jwks), key(d, new TokenKey.JwksUrl(URI.create(jwks)))));
    examples.put(
        Key.AUTH_JWT_PUBLIC_KEY,
        new Example(
            List.of("--auth.jwt.public-key", "key.pem"),
            key(d, new TokenKey.PublicKeyFile(Path.of("key.pem")))));
    examples.put(
        Key.AUTH_JWT_HMAC_SECRET,
        new Example(
            List.of("--auth.jwt.hmac-secret", SECRET), key(d, new TokenKey.HmacSecret(SECRET))));
    examples.put(
        Key.AUTH_JWT_HMAC_SECRET_FILE,
        new Example(
            List.of("--auth.jwt.hmac-secret-file", secretFile.toString()),
            secretIn(
                Key.AUTH_JWT_HMAC_SECRET_FILE,
                secretFile,
                key(d, new TokenKey.HmacSecret(SECRET)))));
    String[] withSecret = {"--auth.jwt.hmac-secret", SECRET};
    examples.put(
        Key.AUTH_JWT_ISSUER,
        new Example(
            with(withSecret, "--auth.jwt.issuer", "https://id.example"),
            rules(d, new TokenRules("https://id.example", Set.of(), Set.of()))));
    examples.put(
        Key.AUTH_JWT_AUDIENCE,
        new Example(
            with(withSecret, "--auth.jwt.audience", "drafts, rings"),
            rules(d, new TokenRules(null, Set.of("drafts", "rings"), Set.of()))));
    examples.put(
        Key.AUTH_JWT_AUTHORIZED_PARTIES,
        new Example(
            with(withSecret, "--auth.jwt.authorized-parties", "https://drafts.example,"),
            rules(d, new TokenRules(null, Set.of(), Set.of("https://drafts.example")))));
    examples.put(
        Key.CORS_ORIGINS,
        new Example(
            List.of(
                "--cors.origins", "https://a.example,http://localhost:5173,capacitor://localhost"),
            network(
                d,
                new NetworkSettings(
                    HttpSettings.defaults(),
                    new CorsSettings(
                        Set.of(
                            "https://a.example", "http://localhost:5173", "capacitor://localhost")),
                    AdminSettings.defaults()))));
    examples.put(
        Key.ADMIN_PORT,
        new Example(
            List.of("--admin.port", "9090"),
            network(
                d,
                new NetworkSettings(
                    HttpSettings.defaults(),
                    CorsSettings.defaults(),
                    new AdminSettings("127.0.0.1", 9090, "")))));
    examples.put(
        Key.ADMIN_HOST,
        new Example(
            List.of("--admin.port", "9090", "--admin.host", "[::]"),
            network(
                d,
                new NetworkSettings(
                    HttpSettings.defaults(),
                    CorsSettings.defaults(),
                    new AdminSettings("::", 9090, "")))));
    examples.put(
        Key.ADMIN_TOKEN_FILE,
        new Example(
            List.of("--admin.token-file", secretFile.toString()),
            secretIn(
                Key.ADMIN_TOKEN_FILE,
                secretFile,
                network(
                    d,
                    new NetworkSettings(
                        HttpSettings.defaults(),
                        CorsSettings.defaults(),
                        new AdminSettings("127.0.0.1", 0, SECRET))))));
    examples.put(
        Key.LOG_LEVEL,
        new Example(
            List.of("--log.level", "debug"),
            process(
                d,
                new ProcessSettings(
                    new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.TEXT), Map.of()))));
    examples.put(
        Key.LOG_FORMAT,
        new Example(
            List.of("--log.format", "json"),
            process(
                d,
                new ProcessSettings(
                    new LogSettings(LogSettings.Level.INFO, LogSettings.Format.JSON), Map.of()))));
    examples.put(
        Key.LIMIT_TITLE,
        new Example(
            List.of("--limit.title-max-code-points", "7"),
            limits(d, new DraftLimits(7, 500, 100, 10_000), 65_536, 16_384)));
    examples.put(
        Key.LIMIT_CONTENT,
        new Example(
            List.of("--limit.content-max-code-points", "7"),
            limits(d, new DraftLimits(200, 7, 100, 10_000), 65_536, 16_384)));
    examples.put(
        Key.LIMIT_COLLABORATORS,
        new Example(
            List.of("--limit.collaborators-max-count", "7"),
            limits(d, new DraftLimits(200, 500, 7, 10_000), 65_536, 16_384)));
    examples.put(
        Key.LIMIT_SEGMENTS,
        new Example(
            List.of("--limit.segments-max-count", "7"),
            limits(d, new DraftLimits(200, 500, 100, 7), 65_536, 16_384)));
    examples.put(
        Key.LIMIT_BODY,
        new Example(
            List.of("--limit.body-max-bytes", "2048"),
            limits(d, DraftLimits.defaults(), 2048, 16_384)));
    examples.put(
        Key.LIMIT_HEADER,
        new Example(
            List.of("--limit.header-max-bytes", "8192"),
            limits(d, DraftLimits.defaults(), 65_536, 8192)));
    examples.put(
        Key.LIMIT_REQUEST_READ_TIMEOUT,
        new Example(
            List.of("--limit.request-read-timeout-seconds", "7"),
            networkConnections(d, new NetworkConnectionLimits(25_000, Duration.ofSeconds(7)))));
    examples.put(
        Key.LIMIT_NETWORK_CONNECTIONS,
        new Example(
            List.of("--limit.network-connections-max-count", "70"),
            networkConnections(d, new NetworkConnectionLimits(70, Duration.ofSeconds(10)))));
    examples.put(
        Key.LIMIT_CONNECTIONS,
        new Example(
            List.of("--limit.connections-max-count", "7"),
            connections(d, new ConnectionLimits(7, 500, 10, 50))));
    examples.put(
        Key.LIMIT_CONNECTIONS_PER_DRAFT,
        new Example(
            List.of("--limit.connections-per-draft-max-count", "7"),
            connections(d, new ConnectionLimits(20_000, 7, 10, 50))));
    examples.put(
        Key.LIMIT_CONNECTIONS_PER_USER,
        new Example(
            List.of("--limit.connections-per-user-max-count", "7"),
            connections(d, new ConnectionLimits(20_000, 500, 7, 50))));
    examples.put(
        Key.LIMIT_HANDSHAKES,
        new Example(
            List.of("--limit.handshakes-per-address-per-second", "7"),
            connections(d, new ConnectionLimits(20_000, 500, 10, 7))));
    examples.put(
        Key.LIMIT_MESSAGE,
        new Example(
            List.of("--limit.message-max-bytes", "700"), messages(d, new MessageLimits(700, 10))));
    examples.put(
        Key.LIMIT_MESSAGES,
        new Example(
            List.of("--limit.messages-per-second", "7"), messages(d, new MessageLimits(4_096, 7))));
    examples.put(
        Key.LIMIT_DRAIN,
        new Example(
            List.of("--limit.drain-max-seconds", "7"),
            sockets(
                d,
                new SocketLimits(
                    ConnectionLimits.defaults(),
                    MessageLimits.defaults(),
                    Duration.ofSeconds(7)))));
    examples.put(
        Key.LIMIT_COMMAND_DEADLINE,
        new Example(List.of("--limit.command-deadline-seconds", "7"), limits(d, commands(7))));
    examples.put(
        Key.HTTP_TRUSTED_PROXIES,
        new Example(
            List.of("--http.trusted-proxies", "10.0.0.0/8, ::1"),
            http(
                d,
                new HttpSettings(
                    "127.0.0.1", 8080, TrustedProxies.of(List.of("10.0.0.0/8", "::1")), null))));
    Example tls =
        new Example(
            List.of("--http.tls.certificate", "chain.pem", "--http.tls.private-key", "key.pem"),
            secretIn(
                Key.HTTP_TLS_PRIVATE_KEY,
                Path.of("key.pem"),
                http(
                    d,
                    new HttpSettings(
                        "127.0.0.1",
                        8080,
                        TrustedProxies.none(),
                        new TlsSettings(Path.of("chain.pem"), Path.of("key.pem"))))));
    examples.put(Key.HTTP_TLS_CERTIFICATE, tls);
    examples.put(Key.HTTP_TLS_PRIVATE_KEY, tls);
    examples.put(
        Key.LIMIT_REQUESTS,
        new Example(List.of("--limit.requests-per-second", "7"), limits(d, requests(7, 100, 10))));
    examples.put(
        Key.LIMIT_REQUESTS_BURST,
        new Example(
            List.of("--limit.requests-burst-max-count", "7"), limits(d, requests(50, 7, 10))));
    examples.put(
        Key.LIMIT_DRAFT_COMMANDS,
        new Example(
            List.of("--limit.commands-per-draft-per-second", "7"),
            limits(d, rates(new DraftRates(7, 1_048_576)))));
    examples.put(
        Key.LIMIT_DRAFT_BYTES,
        new Example(
            List.of("--limit.bytes-per-draft-per-second", "4096"),
            limits(d, rates(new DraftRates(1_000, 4_096)))));
    examples.put(
        Key.LIMIT_WAITING_REQUESTS,
        new Example(
            List.of("--limit.waiting-requests-per-user", "7"), limits(d, requests(50, 100, 7))));
    return examples;
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void each_key_changes_its_own_setting_and_no_other(Key key) throws IOException {
    Example example = requireNonNull(examples().get(key), "no example");

    Configuration read = read(example.options().toArray(String[]::new));

    assertEquals(example.expected(), read);
    assertNotEquals(Configuration.defaults(), read);
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void each_key_means_the_same_in_the_environment_and_in_a_file(Key key) throws IOException {
    Example example = requireNonNull(examples().get(key), "no example");
    Map<String, String> given = new java.util.TreeMap<>();
    List<String> options = example.options();
    for (int index = 0; index < options.size(); index++) {
      String option = options.get(index);
      int equals = option.indexOf('=');
      given.put(
          equals < 0 ? option.substring(2) : option.substring(2, equals),
          equals < 0 ? options.get(++index) : option.substring(equals + 1));
    }
    Map<String, String> environment = new java.util.HashMap<>();
    StringBuilder lines = new StringBuilder();
    given.forEach(
        (name, value) -> {
          environment.put(Key.named(name).orElseThrow().variable(), value);
          lines.append(name).append('=').append(value.replaceFirst("^ ", "\\\\ ")).append('\n');
        });
    Path file = Files.writeString(folder.resolve("ringdraft.properties"), lines);

    assertEquals(example.expected(), Configuration.read(List.of(), environment));
    assertEquals(example.expected(), read("--config", file.toString()));
  }

  @Test
  void no_two_keys_share_an_environment_variable() {
    assertEquals(
        Key.values().length, Arrays.stream(Key.values()).map(Key::variable).distinct().count());
    assertEquals("COLLAB_AUTH_JWT_JWKS_URL", Key.AUTH_JWT_JWKS_URL.variable());
  }

  @Test
  void the_command_line_wins_over_the_environment_and_that_over_the_file() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c.properties"),
            "http.port=1001\ndata.dir=from-file\nadmin.port=3003\n");
    Map<String, String> environment =
        Map.of(
            "COLLAB_HTTP_PORT", "1002",
            "COLLAB_DATA_DIR", "from-environment",
            "COLLAB_CONFIG", file.toString());

    Configuration read = Configuration.read(List.of("--http.port=1003"), environment);

    assertEquals(1003, read.http().port());
    assertEquals(Path.of("from-environment"), read.storage().data().folder());
    assertEquals(3003, read.network().admin().port());
  }

  @Test
  void the_file_of_the_command_line_replaces_the_one_of_the_environment() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "http.port=1001\n");
    Path two = Files.writeString(folder.resolve("two"), "admin.port=1002\n");

    Configuration read =
        Configuration.read(
            List.of("--config", two.toString()), Map.of("COLLAB_CONFIG", one.toString()));

    assertEquals(8080, read.http().port());
    assertEquals(1002, read.network().admin().port());
  }

  @Test
  void an_empty_value_counts_as_not_given() {
    assertEquals(
        Configuration.defaults(),
        Configuration.read(List.of("--http.host="), Map.of("COLLAB_HTTP_PORT", " ")));
  }

  @Test
  void other_environment_variables_are_left_alone() {
    assertEquals(
        Configuration.defaults(), Configuration.read(List.of(), Map.of("HTTP_PORT", "no port")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--htp.port 1 | --htp.port: unknown option (did you mean --http.port?)",
        "--halp 1 | --halp: unknown option (did you mean --help?)",
        "--limit.arrival-max-seconds 7 | --limit.arrival-max-seconds: unknown option (renamed to"
            + " --limit.request-read-timeout-seconds)",
        "--limit.waits-per-user-max-count 7 | --limit.waits-per-user-max-count: unknown option"
            + " (renamed to --limit.waiting-requests-per-user)",
        "--colour blue | --colour: unknown option",
        "--http.port | --http.port: no value (expected: --http.port value)",
        "--http.port --data.dir x | --http.port: no value (expected: --http.port value)",
        "--http.port 1 --http.port=1 | --http.port: given twice",
        "--config a --config b | --config: given twice",
        "http.port=1 | http.port=1: not an option (expected: --key value)",
        "-- | --: not an option (expected: --key value)",
        "--http.port 65536 | http.port: 65536 (expected: 0..65535), given by --http.port",
        "--http.tls.certificate chain.pem | http.tls.certificate: given without"
            + " http.tls.private-key (expected: both or none)",
        "--http.tls.private-key key.pem | http.tls.private-key: given without"
            + " http.tls.certificate (expected: both or none)",
        "--http.trusted-proxies 10.0.0.0/x | http.trusted-proxies: 10.0.0.0/x (expected: addresses,"
            + " or ranges such as 10.0.0.0/8, by commas), given by --http.trusted-proxies",
        "--http.port x | http.port: x (expected: 0..65535), given by --http.port",
        "--auth.dev yes | auth.dev: yes (expected: true or false), given by --auth.dev",
        "--limit.body-max-bytes 1 | limit.body-max-bytes: 1 (expected: 1024..16777216), given by"
            + " --limit.body-max-bytes",
        "--database.pool.size 0 | database.pool.size: 0 (expected: 1..1000), given by"
            + " --database.pool.size",
        "--database.url mysql://u:secret@h/d?p=q | database.url: mysql://h/d (expected:"
            + " jdbc:postgresql://host:port/name)",
        "--database.user ana | database.user, database.password: given without database.url",
        "--admin.port 8080 | admin.port: 8080 (expected: another port than http.port)",
        "--admin.host 0.0.0.0 | admin.host: given without admin.port",
        "--log.level loud | log.level: loud (expected: error, warn, info, debug), given by"
            + " --log.level",
        "--log.format xml | log.format: xml (expected: text, json), given by --log.format",
        "--database.start-timeout-seconds 0 | database.start-timeout-seconds: 0 (expected:"
            + " 1..86400), given by --database.start-timeout-seconds",
        "--cors.origins * | cors.origins: * (expected: scheme://host or scheme://host:port, lower"
            + " case, by commas), given by --cors.origins",
        "--cors.origins file:// | cors.origins: file:// (expected: scheme://host or"
            + " scheme://host:port, lower case, by commas), given by --cors.origins",
        "--auth.jwt.hmac-secret short | auth.jwt.hmac-secret: 5 bytes (expected: 32 or more)",
        "--auth.jwt.jwks-url http://id.example/k | auth.jwt.jwks-url: not HTTPS (expected:"
            + " https://…; http only on loopback)",
        "--auth.jwt.jwks-url k | auth.jwt.jwks-url: a URL without host or with a user (expected:"
            + " https://…; http only on loopback)",
        "--auth.jwt.public-key a --auth.jwt.jwks-url https://a.example/ | auth.jwt.jwks-url,"
            + " auth.jwt.public-key, auth.jwt.hmac-secret: give one of them",
        "--auth.jwt.issuer a | auth.jwt.issuer, auth.jwt.audience, auth.jwt.authorized-parties:"
            + " given without a key (expected: auth.jwt.jwks-url, auth.jwt.public-key or"
            + " auth.jwt.hmac-secret)",
        "--config /no/such/file | /no/such/file: no such file",
      })
  void what_cannot_be_meant_is_refused_with_one_line(String options, String line) {
    assertEquals(line, refusal(Map.of(), options.split(" ")));
  }

  @Test
  void the_keys_that_the_bench_names_are_keys() {
    List<String> keys = Stream.of(Key.values()).map(Key::key).toList();

    assertEquals(
        List.of(), ProblemText.keys().stream().filter(key -> !keys.contains(key)).toList());
  }

  @Test
  void an_unknown_variable_is_refused_with_the_nearest_one() {
    assertEquals(
        "COLLAB_HTTP_PROT: unknown environment variable (did you mean COLLAB_HTTP_PORT?)",
        refusal(Map.of("COLLAB_HTTP_PROT", "1")));
  }

  @Test
  void an_earlier_name_is_refused_with_the_present_one() throws IOException {
    assertEquals(
        "COLLAB_LIMIT_ARRIVAL_MAX_SECONDS: unknown environment variable"
            + " (renamed to COLLAB_LIMIT_REQUEST_READ_TIMEOUT_SECONDS)",
        refusal(Map.of("COLLAB_LIMIT_ARRIVAL_MAX_SECONDS", "1")));
    Path file = Files.writeString(folder.resolve("f"), "limit.waits-per-user-max-count=1\n");
    assertEquals(
        "limit.waits-per-user-max-count: unknown key in %s".formatted(file)
            + " (renamed to limit.waiting-requests-per-user)",
        refusal(Map.of(), "--config", file.toString()));
  }

  @Test
  void an_unknown_key_in_the_file_is_refused_with_the_nearest_one() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "auth.jwt.isuer=x\n");

    assertEquals(
        "auth.jwt.isuer: unknown key in %s (did you mean auth.jwt.issuer?)".formatted(file),
        refusal(Map.of(), "--config", file.toString()));
  }

  @Test
  void a_bad_value_names_the_variable_or_file_that_gave_it() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "http.port=-1\n");

    assertEquals(
        "http.port: -1 (expected: 0..65535), given by COLLAB_HTTP_PORT",
        refusal(Map.of("COLLAB_HTTP_PORT", "-1")));
    assertEquals(
        "http.port: -1 (expected: 0..65535), given by " + file,
        refusal(Map.of("COLLAB_CONFIG", file.toString())));
  }

  @Test
  void a_secret_may_come_in_place_or_by_file_but_not_both() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET);

    assertEquals(
        "auth.jwt.hmac-secret and auth.jwt.hmac-secret-file: give one of them",
        refusal(
            Map.of("COLLAB_AUTH_JWT_HMAC_SECRET", SECRET),
            "--auth.jwt.hmac-secret-file",
            file.toString()));
  }

  @Test
  void names_are_believed_on_loopback_while_no_key_is_configured() {
    assertTrue(read().developmentModeEnabled());
    assertTrue(read("--http.host", "localhost").developmentModeEnabled());
    assertTrue(read("--http.host", "[::1]").developmentModeEnabled());
    assertTrue(read("--auth.dev", "true").developmentModeEnabled());
    assertFalse(read("--auth.dev", "false").developmentModeEnabled());
    assertFalse(read("--http.host", "0.0.0.0").developmentModeEnabled());
    assertFalse(read("--auth.jwt.hmac-secret", SECRET).developmentModeEnabled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
  void names_are_never_believed_beyond_loopback(String host) {
    String refusal =
        refusal(
            Map.of(),
            "--auth.dev",
            "true",
            "--auth.dev-with-keys",
            "true",
            "--auth.jwt.hmac-secret",
            SECRET,
            "--http.host",
            host);

    assertTrue(refusal.startsWith("auth.dev: true (expected: false, since http.host"), refusal);
  }

  @Test
  void names_are_believed_beside_a_key_only_when_that_is_said_twice() {
    String[] once = {"--auth.jwt.hmac-secret", SECRET, "--auth.dev", "true"};

    assertEquals(
        "auth.dev: true although a key is configured (expected: false, or auth.dev-with-keys=true"
            + " as well if everybody may be anybody)",
        refusal(Map.of(), once));
    assertTrue(
        read(with(once, "--auth.dev-with-keys", "true").toArray(String[]::new))
            .developmentModeEnabled());
  }

  @Test
  void names_are_not_believed_behind_a_proxy() {
    String[] proxy = {"--http.trusted-proxies", "127.0.0.1"};

    assertFalse(read(proxy).developmentModeEnabled());
    assertEquals(
        "auth.dev: true although http.trusted-proxies names a proxy (expected: false, since whoever"
            + " it passes on could be anybody)",
        refusal(Map.of(), with(proxy, "--auth.dev", "true").toArray(String[]::new)));
  }

  @Test
  void a_server_that_others_reach_without_tls_is_warned_of() {
    String warning =
        "http.host: 0.0.0.0: tokens and texts cross the network without TLS; set"
            + " http.tls.certificate, or http.trusted-proxies for a proxy";
    String[] open = {"--http.host", "0.0.0.0"};

    assertEquals(List.of(), read().warnings());
    assertEquals(List.of(warning), read(open).warnings());
    assertEquals(List.of(), warningsOf(open, "--http.trusted-proxies", "192.0.2.1"));
    assertEquals(
        List.of(),
        warningsOf(open, "--http.tls.certificate", "a.pem", "--http.tls.private-key", "b.pem"));
  }

  @Test
  void a_provider_whose_tokens_for_other_services_are_accepted_is_warned_of() {
    String warning =
        "auth.jwt.audience: not set: tokens of the provider for other services are accepted; set"
            + " it, or auth.jwt.authorized-parties";
    String[] provider = {"--auth.jwt.jwks-url", "https://id.example/jwks"};

    assertEquals(List.of(warning), read(provider).warnings());
    assertEquals(List.of(warning), read("--auth.jwt.public-key", "key.pem").warnings());
    assertEquals(List.of(), warningsOf(provider, "--auth.jwt.audience", "drafts"));
    assertEquals(
        List.of(), warningsOf(provider, "--auth.jwt.authorized-parties", "https://d.example"));
    assertEquals(List.of(), read("--auth.jwt.hmac-secret", SECRET).warnings());
  }

  private static List<String> warningsOf(String[] options, String... more) {
    return read(with(options, more).toArray(String[]::new)).warnings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000/jwks",
        "http://localhost/jwks",
        "HTTP://id.localhost/jwks",
        "http://[::1]:9000/jwks",
        "https://id.example/jwks"
      })
  void a_jwks_url_is_https_or_of_loopback(String url) {
    assertEquals(
        new TokenKey.JwksUrl(URI.create(url)), read("--auth.jwt.jwks-url", url).auth().key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/jwks",
        "http://0.0.0.0/jwks",
        "http://localhost.id.example/jwks",
        "http://127.0.0.1.id.example/jwks",
        "http://localhost@id.example/jwks",
        "ftp://127.0.0.1/jwks",
        "file:///etc/jwks.json"
      })
  void any_other_jwks_url_is_refused(String url) {
    String refusal = refusal(Map.of(), "--auth.jwt.jwks-url", url);

    assertTrue(refusal.endsWith("(expected: https://…; http only on loopback)"), refusal);
  }

  @Test
  void no_secret_shows_in_the_text_of_a_configuration_or_refusal() {
    String text =
        read(
                "--database.url",
                "jdbc:postgresql://h/d?password=" + SECRET,
                "--database.password",
                SECRET,
                "--auth.jwt.hmac-secret",
                SECRET)
            .toString();

    assertFalse(text.contains(SECRET), text);
    assertTrue(text.contains("url=jdbc:postgresql://h/d,"), text);
    assertFalse(
        GivenValues.read(KeyOptions.parse(List.of("--database.password", SECRET)), Map.of())
            .toString()
            .contains(SECRET));
    assertFalse(refusal(Map.of("COLLAB_AUTH_JWT_HMAC_SECRET", "shorty")).contains("shorty"));
  }

  private static Configuration read(String... options) {
    return Configuration.read(List.of(options), Map.of());
  }

  private static String refusal(Map<String, String> environment, String... options) {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> Configuration.read(List.of(options), environment));
    return String.valueOf(refused.getMessage());
  }

  private static List<String> with(String[] first, String... more) {
    return java.util.stream.Stream.concat(Arrays.stream(first), Arrays.stream(more)).toList();
  }

  private static Configuration secretIn(Key key, Path file, Configuration d) {
    return process(d, new ProcessSettings(LogSettings.defaults(), Map.of(key, file)));
  }

  private static Configuration process(Configuration d, ProcessSettings process) {
    return new Configuration(d.network(), d.storage(), d.auth(), d.limits(), process);
  }

  private static Configuration http(Configuration d, String host, int port) {
    return http(d, new HttpSettings(host, port, TrustedProxies.none(), null));
  }

  private static Configuration http(Configuration d, HttpSettings http) {
    return network(d, new NetworkSettings(http, CorsSettings.defaults(), AdminSettings.defaults()));
  }

  private static Configuration network(Configuration d, NetworkSettings network) {
    return new Configuration(network, d.storage(), d.auth(), d.limits(), d.process());
  }

  private static Configuration storage(Configuration d, StorageSettings storage) {
    return new Configuration(d.network(), storage, d.auth(), d.limits(), d.process());
  }

  private static Configuration database(Configuration d, DatabaseKeys database) {
    return storage(d, new StorageSettings(DataSettings.defaults(), database));
  }

  private static Configuration auth(Configuration d, AuthSettings auth) {
    return new Configuration(d.network(), d.storage(), auth, d.limits(), d.process());
  }

  private static Configuration key(Configuration d, TokenKey key) {
    return auth(d, new AuthSettings(DevelopmentMode.AUTOMATIC, false, key, TokenRules.defaults()));
  }

  private static Configuration rules(Configuration d, TokenRules rules) {
    return auth(
        d,
        new AuthSettings(DevelopmentMode.AUTOMATIC, false, new TokenKey.HmacSecret(SECRET), rules));
  }

  private static Configuration limits(
      Configuration d, DraftLimits draft, int maxBodyBytes, int maxHeaderBytes) {
    return limits(
        d,
        new LimitSettings(
            draft,
            DraftRates.defaults(),
            new HttpLimits(maxBodyBytes, maxHeaderBytes, NetworkConnectionLimits.defaults()),
            SocketLimits.defaults(),
            RequestLimits.defaults()));
  }

  private static LimitSettings commands(int seconds) {
    return requests(new RequestLimits(Duration.ofSeconds(seconds), 50, 100, 10));
  }

  private static LimitSettings requests(int perSecond, int burst, int waits) {
    return requests(new RequestLimits(Duration.ofSeconds(5), perSecond, burst, waits));
  }

  private static LimitSettings requests(RequestLimits requests) {
    return new LimitSettings(
        DraftLimits.defaults(),
        DraftRates.defaults(),
        HttpLimits.defaults(),
        SocketLimits.defaults(),
        requests);
  }

  private static LimitSettings rates(DraftRates rates) {
    return new LimitSettings(
        DraftLimits.defaults(),
        rates,
        HttpLimits.defaults(),
        SocketLimits.defaults(),
        RequestLimits.defaults());
  }

  private static Configuration networkConnections(
      Configuration d, NetworkConnectionLimits networkConnections) {
    return limits(
        d,
        new LimitSettings(
            DraftLimits.defaults(),
            DraftRates.defaults(),
            new HttpLimits(65_536, 16_384, networkConnections),
            SocketLimits.defaults(),
            RequestLimits.defaults()));
  }

  private static Configuration connections(Configuration d, ConnectionLimits connections) {
    return sockets(
        d, new SocketLimits(connections, MessageLimits.defaults(), Duration.ofSeconds(5)));
  }

  private static Configuration messages(Configuration d, MessageLimits messages) {
    return sockets(
        d, new SocketLimits(ConnectionLimits.defaults(), messages, Duration.ofSeconds(5)));
  }

  private static Configuration sockets(Configuration d, SocketLimits sockets) {
    return limits(
        d,
        new LimitSettings(
            DraftLimits.defaults(),
            DraftRates.defaults(),
            HttpLimits.defaults(),
            sockets,
            RequestLimits.defaults()));
  }

  private static Configuration limits(Configuration d, LimitSettings limits) {
    return new Configuration(d.network(), d.storage(), d.auth(), limits, d.process());
  }
}
