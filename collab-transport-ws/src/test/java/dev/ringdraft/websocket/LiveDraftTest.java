package dev.ringdraft.websocket;

/** Our own transport. */
final class LiveDraftTest extends LiveDraftContract {
  LiveDraftTest() {
    super(LiveServer::new);
  }
}
