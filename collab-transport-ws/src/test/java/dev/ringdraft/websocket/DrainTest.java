package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Our own transport, which refuses by an HTTP answer and knows when a connection has ended. */
final class DrainTest extends DrainContract {
  DrainTest() {
    super(LiveServer::new);
  }

  @Test
  void nobody_gets_in_any_more() throws Exception {
    assertTrue(drain(Duration.ofSeconds(1)).join());
    try (RawClient client = new RawClient(server)) {
      String head = client.handshake("GET " + path() + " HTTP/1.1");
      assertTrue(head.startsWith("HTTP/1.1 503 "), head);
      assertTrue(head.contains("\r\nRetry-After: 1\r\n"), head);
      assertTrue(new String(client.rest(), StandardCharsets.UTF_8).contains("\"draining\""));
    }
  }

  @Test
  void a_client_that_does_not_answer_does_not_hold_up_the_end() throws Exception {
    try (RawClient silent = new RawClient(server)) {
      silent.handshake("GET " + path() + " HTTP/1.1");
      Eventually.until(() -> server.openSockets() == 1);
      assertFalse(drain(Duration.ofMillis(500)).join());
      assertEquals(4000, silent.closeCode());
      Eventually.until(() -> server.openSockets() == 0);
    }
  }
}
