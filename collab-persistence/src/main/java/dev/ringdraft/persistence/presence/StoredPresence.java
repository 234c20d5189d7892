package dev.ringdraft.persistence.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.json.Json;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireInstant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of the column {@code presence.state}: {@code {users: [{user_id, connections, since,
 * state}], others}}.
 */
final class StoredPresence {
  private StoredPresence() {}

  static String write(PresenceState state) {
    JsonWriter json = new JsonWriter().beginObject().beginArray("users");
    state
        .users()
        .forEach(
            present ->
                json.beginObject()
                    .member("user_id", present.user().value())
                    .member("connections", present.connections())
                    .member("since", WireInstant.of(present.since()))
                    .member("state", StoredNames.of(present.activity()))
                    .endObject());
    return json.endArray().member("others", state.others()).endObject().toString();
  }

  /**
   * @throws IllegalArgumentException when it is anything else
   */
  static PresenceState read(String json) {
    try {
      JsonNode state = Json.parse(json);
      List<Present> users = new ArrayList<>();
      for (JsonNode each : state.path("users")) {
        users.add(
            new Present(
                new UserId(Json.text(each, "user_id")),
                Math.toIntExact(Json.number(each, "connections")),
                Instant.parse(Json.text(each, "since")),
                StoredNames.constant(Activity.class, Json.text(each, "state"))));
      }
      return new PresenceState(users, Math.toIntExact(Json.number(state, "others")));
    } catch (JsonProcessingException | DateTimeException | ArithmeticException broken) {
      throw new IllegalArgumentException("presence that can't be read", broken);
    }
  }
}
