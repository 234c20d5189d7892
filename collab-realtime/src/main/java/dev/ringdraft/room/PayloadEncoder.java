package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.wire.EventJson;
import dev.ringdraft.wire.PresenceJson;
import java.nio.charset.StandardCharsets;

/** Writes what subscribers are sent, before it is framed. Tests have encoders of their own. */
interface PayloadEncoder {
  byte[] event(RecordedEvent event);

  /** The whole presence. */
  byte[] presence(PresenceState state);

  /** What changed in it. */
  byte[] presence(PresenceState.Difference difference);

  /** JSON in UTF-8, as in docs/protocol.md. */
  static PayloadEncoder json() {
    return new PayloadEncoder() {
      @Override
      public byte[] event(RecordedEvent event) {
        return bytes(EventJson.of(event));
      }

      @Override
      public byte[] presence(PresenceState state) {
        return bytes(PresenceJson.of(state));
      }

      @Override
      public byte[] presence(PresenceState.Difference difference) {
        return bytes(PresenceJson.of(difference));
      }

      private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
      }
    };
  }
}
