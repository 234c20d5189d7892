package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.websocket.KeepaliveContract;
import dev.ringdraft.websocket.LiveDraftContract;
import dev.ringdraft.websocket.RefusedClientsContract;
import dev.ringdraft.websocket.SlowConsumerContract;
import dev.ringdraft.websocket.TokenEndContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The endpoint on Jetty keeps what our own transport keeps, but for one frame of a drain: of those
 * who are closed at once, some see the close without {@code draining} before it.
 */
@Tag("long")
final class JettyTest {
  @Nested
  class LiveDraft extends LiveDraftContract {
    LiveDraft() {
      super(JettyServer::new);
    }
  }

  @Nested
  class SlowConsumer extends SlowConsumerContract {
    SlowConsumer() {
      super(JettyServer::new);
    }
  }

  @Nested
  class Keepalive extends KeepaliveContract {
    Keepalive() {
      super(JettyServer::new);
    }
  }

  @Nested
  class TokenEnd extends TokenEndContract {
    TokenEnd() {
      super(JettyServer::new);
    }
  }

  @Nested
  class RefusedClients extends RefusedClientsContract {
    RefusedClients() {
      super(JettyServer::new);
    }
  }
}
