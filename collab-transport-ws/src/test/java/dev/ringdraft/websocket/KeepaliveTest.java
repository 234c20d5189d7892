package dev.ringdraft.websocket;

import org.junit.jupiter.api.Tag;

/** Our own transport. */
@Tag("long")
final class KeepaliveTest extends KeepaliveContract {
  KeepaliveTest() {
    super(LiveServer::new);
  }
}
