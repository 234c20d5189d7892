package dev.ringdraft.wire;

import dev.ringdraft.member.UserId;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;

/** The JSON of presence, as it is pushed, in both directions. */
public final class PresenceJson {
  private PresenceJson() {}

  /** The whole presence: {@code {"type":"presence_state","users":[…]}}. */
  public static String of(PresenceState state) {
    JsonWriter json = begin("presence_state").beginArray("users");
    state.users().forEach(present -> write(json, present));
    return end(json.endArray(), state.others());
  }

  /** What changed: {@code {"type":"presence_diff","joined":[…],"changed":[…],"left":[…]}}. */
  public static String of(PresenceState.Difference difference) {
    JsonWriter json = begin("presence_diff").beginArray("joined");
    difference.joined().forEach(present -> write(json, present));
    json.endArray().beginArray("changed");
    difference.changed().forEach(present -> write(json, present));
    json.endArray().beginArray("left");
    difference.left().forEach(user -> json.element(user.value()));
    return end(json.endArray(), difference.others());
  }

  static PresenceState readState(JsonObject json) {
    return new PresenceState(json.objects("users", PresenceJson::readPresent), others(json));
  }

  static PresenceState.Difference readDifference(JsonObject json) {
    return new PresenceState.Difference(
        json.objects("joined", PresenceJson::readPresent),
        json.objects("changed", PresenceJson::readPresent),
        json.values("left", UserId::new),
        others(json));
  }

  private static int others(JsonObject json) {
    return json.has("others") ? json.smallWhole("others") : 0;
  }

  private static Present readPresent(JsonObject json) {
    return new Present(
        json.value("user_id", UserId::new),
        json.smallWhole("connections"),
        json.instant("since"),
        json.constant("state", Activity.class));
  }

  private static JsonWriter begin(String type) {
    return new JsonWriter().beginObject().member("type", type);
  }

  /** Users that are not listed are counted, if there are any. */
  private static String end(JsonWriter json, int others) {
    if (others > 0) {
      json.member("others", others);
    }
    return json.endObject().toString();
  }

  private static void write(JsonWriter json, Present present) {
    json.beginObject()
        .member("user_id", present.user().value())
        .member("connections", present.connections())
        .member("since", WireInstant.of(present.since()))
        .member("state", WireName.of(present.activity()))
        .endObject();
  }
}
