package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.websocket.DrainContract;
import dev.ringdraft.websocket.KeepaliveContract;
import dev.ringdraft.websocket.LiveDraftContract;
import dev.ringdraft.websocket.RefusedClientsContract;
import dev.ringdraft.websocket.SlowConsumerContract;
import dev.ringdraft.websocket.TokenEndContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The endpoint on Tomcat keeps what our own transport keeps. */
@Tag("long")
final class TomcatTest {
  @Nested
  class LiveDraft extends LiveDraftContract {
    LiveDraft() {
      super(TomcatServer::new);
    }
  }

  @Nested
  class SlowConsumer extends SlowConsumerContract {
    SlowConsumer() {
      super(TomcatServer::new);
    }
  }

  @Nested
  class Keepalive extends KeepaliveContract {
    Keepalive() {
      super(TomcatServer::new);
    }
  }

  @Nested
  class TokenEnd extends TokenEndContract {
    TokenEnd() {
      super(TomcatServer::new);
    }
  }

  @Nested
  class Drain extends DrainContract {
    Drain() {
      super(TomcatServer::new);
    }
  }

  @Nested
  class RefusedClients extends RefusedClientsContract {
    RefusedClients() {
      super(TomcatServer::new);
    }
  }
}
