package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.access.ClientAddress;
import dev.ringdraft.room.RoomSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page of the own host is of the own origin when its scheme fits what is known of the request.
 */
class OwnOriginTest {
  private static LiveServer behindProxy;
  private static LiveServer alone;

  @BeforeAll
  static void start() throws IOException {
    behindProxy =
        new LiveServer(
            SocketServer.roomy(),
            RoomSettings.defaults(),
            new SocketServer.Surroundings() {
              @Override
              public ClientAddress addresses() {
                return new TrustingAll();
              }
            });
    alone = new LiveServer(SocketServer.roomy(), RoomSettings.defaults());
  }

  @AfterAll
  static void stop() {
    behindProxy.close();
    alone.close();
  }

  @ParameterizedTest
  @CsvSource({
    "https, https, 101",
    "https, http, 403",
    "HTTPS, http, 403",
    "HTTPS, https, 101",
    "http, http, 101",
    "http, https, 101",
    ", http, 101",
    ", https, 101",
    "ftp, http, 101",
    "https, ftp, 403",
    ", ws, 403",
  })
  void a_trusted_proxy_that_says_https_makes_http_another_origin(
      @Nullable String forwardedProto, String scheme, int status) throws IOException {
    assertAnswers(status, behindProxy, forwardedProto, scheme);
  }

  @ParameterizedTest
  @CsvSource({"https, http, 101", "https, https, 101", ", https, 101"})
  void another_caller_who_says_https_changes_nothing(
      @Nullable String forwardedProto, String scheme, int status) throws IOException {
    assertAnswers(status, alone, forwardedProto, scheme);
  }

  private static void assertAnswers(
      int status, LiveServer server, @Nullable String forwardedProto, String scheme)
      throws IOException {
    String path = "/v1/ws/drafts/" + server.draft();
    try (RawClient client = new RawClient(server)) {
      client.with("Origin", scheme + "://127.0.0.1:" + server.port());
      if (forwardedProto != null) {
        client.with("X-Forwarded-Proto", forwardedProto);
      }
      String head = client.handshake("GET " + path + " HTTP/1.1");
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    }
  }

  private static final class TrustingAll implements ClientAddress {
    @Override
    public InetAddress of(InetAddress peer, List<String> forwardedFor) {
      return peer;
    }

    @Override
    public boolean trusts(InetAddress peer) {
      return true;
    }
  }
}
