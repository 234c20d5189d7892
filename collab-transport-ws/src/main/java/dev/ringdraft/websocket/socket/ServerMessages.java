package dev.ringdraft.websocket.socket;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireInstant;
import dev.ringdraft.wire.WireName;
import java.time.Duration;
import java.time.Instant;

/** What the server says beside events, as JSON. */
public final class ServerMessages {
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

  public static String presenceState(PresenceState state) {
    JsonWriter json = of("presence_state").beginArray("users");
    state.users().forEach(present -> present(json, present));
    return others(json.endArray(), state.others());
  }

  public static String presenceDifference(PresenceState.Difference difference) {
    JsonWriter json = of("presence_diff").beginArray("joined");
    difference.joined().forEach(present -> present(json, present));
    json.endArray().beginArray("changed");
    difference.changed().forEach(present -> present(json, present));
    json.endArray().beginArray("left");
    difference.left().forEach(user -> json.element(user.value()));
    return others(json.endArray(), difference.others());
  }

  private static void present(JsonWriter json, Present present) {
    json.beginObject()
        .member("user_id", present.user().value())
        .member("connections", present.connections())
        .member("since", WireInstant.of(present.since()))
        .member("state", WireName.of(present.activity()))
        .endObject();
  }

  private static String others(JsonWriter json, int others) {
    if (others > 0) {
      json.member("others", others);
    }
    return json.endObject().toString();
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
