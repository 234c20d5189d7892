package dev.ringdraft.websocket;

import org.junit.jupiter.api.Tag;

/** Our own transport. */
@Tag("long")
final class TokenEndTest extends TokenEndContract {
  TokenEndTest() {
    super(LiveServer::new);
  }
}
