package dev.ringdraft.app.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be configured: name, default and meaning.
 *
 * <p>The name is used as it is on the command line ({@code --http.port 9090}) and in a properties
 * file, and as {@link #variable()} in the environment. An empty value counts as not given.
 */
public enum Key {
  HTTP_HOST("http.host", "127.0.0.1", "address to listen on"),
  HTTP_PORT("http.port", "8080", "port to listen on; 0 = any free one, printed"),
  HTTP_TRUSTED_PROXIES(
      "http.trusted-proxies",
      "",
      "proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or ranges such"
          + " as 10.0.0.0/8, by commas; empty = none"),
  HTTP_TLS_CERTIFICATE(
      "http.tls.certificate",
      "",
      "PEM file with the server's certificate, then those that issued it; empty = no TLS"),
  HTTP_TLS_PRIVATE_KEY(
      "http.tls.private-key", "", "PEM file with that certificate's private key, RSA or EC"),
  DATA_DIR(
      "data.dir",
      "./data",
      "where the embedded PostgreSQL keeps its files; used only without database.url"),
  DATABASE_URL(
      "database.url", "", "jdbc:postgresql://host:port/name; empty = the embedded PostgreSQL"),
  DATABASE_USER("database.user", "", "user of database.url"),
  DATABASE_PASSWORD("database.password", "", "password of database.user"),
  DATABASE_PASSWORD_FILE("database.password-file", "", "file that holds the password instead"),
  DATABASE_POOL_SIZE("database.pool.size", "10", "most connections to the database"),
  DATABASE_START_TIMEOUT(
      "database.start-timeout-seconds",
      "",
      "longest time in which a start waits for database.url; empty = until it answers"),
  AUTH_DEV(
      "auth.dev",
      "",
      "believe the user names that callers give (true, false);"
          + " empty = true on loopback while neither a key nor a proxy is configured, else false"),
  AUTH_DEV_WITH_KEYS(
      "auth.dev-with-keys", "false", "allow auth.dev=true although a key is configured"),
  AUTH_JWT_JWKS_URL("auth.jwt.jwks-url", "", "where the provider publishes its keys (HTTPS)"),
  AUTH_JWT_PUBLIC_KEY(
      "auth.jwt.public-key", "", "PEM file with an RSA, EC P-256 or Ed25519 public key"),
  AUTH_JWT_HMAC_SECRET("auth.jwt.hmac-secret", "", "secret of 32 bytes or more, for HS256"),
  AUTH_JWT_HMAC_SECRET_FILE("auth.jwt.hmac-secret-file", "", "file that holds the secret instead"),
  AUTH_JWT_ISSUER("auth.jwt.issuer", "", "the iss that a token must have; empty = any"),
  AUTH_JWT_AUDIENCE(
      "auth.jwt.audience", "", "the aud of which a token must have one, by commas; empty = any"),
  AUTH_JWT_AUTHORIZED_PARTIES(
      "auth.jwt.authorized-parties",
      "",
      "the azp of which a token must have one, by commas; empty = any"),
  CORS_ORIGINS(
      "cors.origins", "", "origins of other pages that may call, by commas; empty = same origin"),
  ADMIN_PORT(
      "admin.port",
      "0",
      "port of /health and /metrics; 0 = on the main listener if that is loopback"),
  ADMIN_HOST(
      "admin.host",
      "127.0.0.1",
      "address of admin.port; who reaches it needs no token for /health and /metrics"),
  ADMIN_TOKEN_FILE(
      "admin.token-file",
      "",
      "file with the token of operators, 32 bytes or more, for /log-levels; empty = it is off"),
  LOG_LEVEL("log.level", "info", "least severe lines of the log: error, warn, info or debug"),
  LOG_FORMAT("log.format", "text", "form of the log: text, or json in the Elastic Common Schema"),
  LIMIT_TITLE("limit.title-max-code-points", "200", "longest title"),
  LIMIT_CONTENT("limit.content-max-code-points", "500", "longest segment"),
  LIMIT_COLLABORATORS("limit.collaborators-max-count", "100", "most collaborators of a draft"),
  LIMIT_SEGMENTS("limit.segments-max-count", "10000", "most segments of a draft"),
  LIMIT_BODY("limit.body-max-bytes", "65536", "largest request body"),
  LIMIT_HEADER("limit.header-max-bytes", "16384", "largest request line and headers together"),
  LIMIT_REQUEST_READ_TIMEOUT(
      "limit.request-read-timeout-seconds",
      "10",
      "longest time in which a request's line and headers arrive, from their first byte on, and"
          + " then its body"),
  LIMIT_NETWORK_CONNECTIONS(
      "limit.network-connections-max-count",
      "25000",
      "most network connections, WebSockets included; when there is one more, the one that has"
          + " waited longest without a request is ended"),
  LIMIT_CONNECTIONS("limit.connections-max-count", "20000", "most WebSockets of this server"),
  LIMIT_CONNECTIONS_PER_DRAFT(
      "limit.connections-per-draft-max-count", "500", "most WebSockets of a draft"),
  LIMIT_CONNECTIONS_PER_USER(
      "limit.connections-per-user-max-count", "10", "most WebSockets of a user"),
  LIMIT_HANDSHAKES(
      "limit.handshakes-per-address-per-second",
      "50",
      "WebSocket handshakes that an address may begin in a second"),
  LIMIT_MESSAGE("limit.message-max-bytes", "4096", "largest message of a client on its WebSocket"),
  LIMIT_MESSAGES(
      "limit.messages-per-second",
      "10",
      "messages and pings that a client may send on a WebSocket in a second"),
  LIMIT_DRAIN(
      "limit.drain-max-seconds",
      "5",
      "longest time in which a server that stops closes WebSockets"),
  LIMIT_COMMAND_DEADLINE(
      "limit.command-deadline-seconds",
      "5",
      "longest time in which a command is answered, wherever it waits; then it gets 503"),
  LIMIT_REQUESTS(
      "limit.requests-per-second",
      "50",
      "requests a second of one user, or of one address of unknown callers"),
  LIMIT_REQUESTS_BURST(
      "limit.requests-burst-max-count", "100", "requests of the same at once, after a rest"),
  LIMIT_DRAFT_COMMANDS(
      "limit.commands-per-draft-per-second",
      "1000",
      "commands that change one draft in a second, of all its members; twice as many at once"),
  LIMIT_DRAFT_BYTES(
      "limit.bytes-per-draft-per-second",
      "1048576",
      "bytes of text that are appended to one draft in a second; twice as many at once"),
  LIMIT_WAITING_REQUESTS(
      "limit.waiting-requests-per-user",
      "10",
      "most requests of one user that wait for events or stream them");

  static final String VARIABLE_PREFIX = "COLLAB_";

  /** Earlier names, which are refused with the present one. */
  private static final Map<String, Key> RENAMED =
      Map.of(
          "limit.arrival-max-seconds", LIMIT_REQUEST_READ_TIMEOUT,
          "limit.waits-per-user-max-count", LIMIT_WAITING_REQUESTS);

  private final String key;
  private final String fallback;
  private final String meaning;

  Key(String key, String fallback, String meaning) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /** The name, such as {@code http.port}. */
  public String key() {
    return key;
  }

  /** The value when none is given, as one would write it; may be empty. */
  public String fallback() {
    return fallback;
  }

  /** What it is for, in one line. */
  public String meaning() {
    return meaning;
  }

  /** The environment variable of the same meaning, such as {@code COLLAB_HTTP_PORT}. */
  public String variable() {
    return variable(key);
  }

  private static String variable(String name) {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * The key that had another name.
   *
   * @param name its earlier name, or the environment variable of that
   */
  static Optional<Key> formerly(String name) {
    return RENAMED.entrySet().stream()
        .filter(entry -> entry.getKey().equals(name) || variable(entry.getKey()).equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  static Optional<Key> named(String name) {
    return Arrays.stream(values()).filter(each -> each.key.equals(name)).findFirst();
  }

  static Optional<Key> ofVariable(String variable) {
    return Arrays.stream(values()).filter(each -> each.variable().equals(variable)).findFirst();
  }

  @Override
  public String toString() {
    return key;
  }
}
