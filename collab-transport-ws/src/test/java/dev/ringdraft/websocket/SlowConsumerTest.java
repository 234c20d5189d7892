package dev.ringdraft.websocket;

/** Our own transport. */
final class SlowConsumerTest extends SlowConsumerContract {
  SlowConsumerTest() {
    super(LiveServer::new);
  }
}
