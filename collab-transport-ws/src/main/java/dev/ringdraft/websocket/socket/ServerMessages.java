package dev.ringdraft.websocket.socket;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireInstant;
import java.time.Duration;
import java.time.Instant;

/** What the server says on one socket beside events and presence, as JSON. */
final class ServerMessages {
  private ServerMessages() {}

  static String connected(
      DraftId draft,
      UserId user,
      String connectionId,
      Instant now,
      DraftVersion version,
      boolean resumed,
      Duration pingInterval) {
    return of("connected")
        .member("draft_id", draft.value())
        .member("user_id", user.value())
        .member("connection_id", connectionId)
        .member("ts", WireInstant.of(now))
        .member("revision", version.revision())
        .member("epoch", version.epoch().value())
        .member("resumed", resumed)
        .member("ping_interval_ms", pingInterval.toMillis())
        .endObject()
        .toString();
  }

  static String snapshotRequired() {
    return of("snapshot_required").endObject().toString();
  }

  static String pong(Instant now, long revision) {
    return of("pong")
        .member("ts", WireInstant.of(now))
        .member("revision", revision)
        .endObject()
        .toString();
  }

  static String authExpiring(Duration left) {
    return of("auth_expiring").member("in_ms", left.toMillis()).endObject().toString();
  }

  static String draining(Duration reconnectIn) {
    return of("draining").member("reconnect_in_ms", reconnectIn.toMillis()).endObject().toString();
  }

  static String error(String code, String detail) {
    return of("error").member("code", code).member("detail", detail).endObject().toString();
  }

  private static JsonWriter of(String type) {
    return new JsonWriter().beginObject().member("type", type);
  }
}
