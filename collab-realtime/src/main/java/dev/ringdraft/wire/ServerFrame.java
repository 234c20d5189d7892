package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.PresenceState;
import java.time.Duration;
import java.time.Instant;

/** What a server says on a socket: one JSON object a text frame, in both directions. */
public sealed interface ServerFrame {
  /**
   * The first frame.
   *
   * @param at the server's clock
   * @param version the draft's head
   * @param resumed whether the events after the position of the client follow without a gap
   */
  record Connected(
      DraftId draft,
      UserId user,
      String connectionId,
      Instant at,
      DraftVersion version,
      boolean resumed,
      Duration pingInterval)
      implements ServerFrame {}

  /** The server does not know the client's position; the client fetches the draft. */
  record SnapshotRequired() implements ServerFrame {}

  /** A commit of the draft. */
  record Event(RecordedEvent event) implements ServerFrame {}

  /** The presence. */
  record Presence(PresenceState state) implements ServerFrame {}

  /** How that changed. */
  record PresenceChange(PresenceState.Difference change) implements ServerFrame {}

  /**
   * The answer to a client's ping.
   *
   * @param revision the draft's head
   */
  record Pong(Instant at, long revision) implements ServerFrame {}

  /** The client's token ends so soon. */
  record AuthExpiring(Duration left) implements ServerFrame {}

  /** The server goes away, and closes this socket after so long. */
  record Draining(Duration reconnectIn) implements ServerFrame {}

  /**
   * A message of the client failed.
   *
   * @param code stable, such as {@code unknown_message}
   * @param detail for people
   */
  record Failure(String code, String detail) implements ServerFrame {}

  /** A frame of a later server, also an event. Its client goes on, or fetches the draft. */
  record Unknown(String type) implements ServerFrame {}

  /**
   * The JSON.
   *
   * @throws IllegalArgumentException for {@link Unknown}
   */
  default String json() {
    return switch (this) {
      case Connected frame ->
          begin("connected")
              .member("draft_id", frame.draft.value())
              .member("user_id", frame.user.value())
              .member("connection_id", frame.connectionId)
              .member("ts", WireInstant.of(frame.at))
              .member("revision", frame.version.revision())
              .member("epoch", frame.version.epoch().value())
              .member("resumed", frame.resumed)
              .member("ping_interval_ms", frame.pingInterval.toMillis())
              .endObject()
              .toString();
      case SnapshotRequired frame -> begin("snapshot_required").endObject().toString();
      case Event frame -> EventJson.of(frame.event);
      case Presence frame -> PresenceJson.of(frame.state);
      case PresenceChange frame -> PresenceJson.of(frame.change);
      case Pong frame ->
          begin("pong")
              .member("ts", WireInstant.of(frame.at))
              .member("revision", frame.revision)
              .endObject()
              .toString();
      case AuthExpiring frame ->
          begin("auth_expiring").member("in_ms", frame.left.toMillis()).endObject().toString();
      case Draining frame ->
          begin("draining")
              .member("reconnect_in_ms", frame.reconnectIn.toMillis())
              .endObject()
              .toString();
      case Failure frame ->
          begin("error")
              .member("code", frame.code)
              .member("detail", frame.detail)
              .endObject()
              .toString();
      case Unknown frame -> throw new IllegalArgumentException("a frame that is not known");
    };
  }

  private static JsonWriter begin(String type) {
    return new JsonWriter().beginObject().member("type", type);
  }

  /**
   * Reads a text frame of a server. Members that it does not know are ignored.
   *
   * @throws WireFormatException when it is no frame
   */
  static ServerFrame read(String json) {
    JsonObject frame = JsonObject.read(json, JsonReader.Limits.FRAME);
    String type = frame.text("type");
    return switch (type) {
      case "connected" ->
          new Connected(
              frame.value("draft_id", DraftId::new),
              frame.value("user_id", UserId::new),
              frame.text("connection_id"),
              frame.instant("ts"),
              new DraftVersion(frame.value("epoch", Epoch::new), frame.whole("revision")),
              frame.flag("resumed"),
              Duration.ofMillis(frame.whole("ping_interval_ms")));
      case "snapshot_required" -> new SnapshotRequired();
      case "presence_state" -> new Presence(PresenceJson.readState(frame));
      case "presence_diff" -> new PresenceChange(PresenceJson.readDifference(frame));
      case "pong" -> new Pong(frame.instant("ts"), frame.whole("revision"));
      case "auth_expiring" -> new AuthExpiring(Duration.ofMillis(frame.whole("in_ms")));
      case "draining" -> new Draining(Duration.ofMillis(frame.whole("reconnect_in_ms")));
      case "error" -> new Failure(frame.text("code"), frame.text("detail"));
      default -> EventJson.isKnown(type) ? new Event(EventJson.read(frame)) : new Unknown(type);
    };
  }
}
