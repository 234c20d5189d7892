package dev.ringdraft.persistence.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.json.Json;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.turn.Attendance;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import dev.ringdraft.wire.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The turns in the head row, and a turn policy in events: {@code {policy, started_at,
 * first_position, requests: [{user_id, requested_at}], members: {user_id: {last_term, missed,
 * away}}}}. A member whose value is the default is left out.
 */
final class StoredTurns {
  private StoredTurns() {}

  static String write(Turns turns) {
    JsonWriter json = new JsonWriter().beginObject();
    policy(json, "policy", turns.policy());
    json.member("started_at", turns.startedAt().toString())
        .member("first_position", turns.firstPosition())
        .beginArray("requests");
    for (RingRequest request : turns.requests()) {
      json.beginObject()
          .member("user_id", request.user().value())
          .member("requested_at", request.requestedAt().toString())
          .endObject();
    }
    json.endArray().beginObject("members");
    turns.attendance().forEach((user, each) -> attendance(json, user, each));
    return json.endObject().endObject().toString();
  }

  private static void attendance(JsonWriter json, UserId user, Attendance attendance) {
    json.beginObject(user.value());
    if (attendance.lastTerm() > 0) {
      json.member("last_term", attendance.lastTerm());
    }
    if (attendance.missed() > 0) {
      json.member("missed", attendance.missed());
    }
    if (attendance.away()) {
      json.member("away", true);
    }
    json.endObject();
  }

  /** Writes a policy as a member of an object that has begun. */
  static void policy(JsonWriter json, String name, TurnPolicy policy) {
    json.beginObject(name).member("order", StoredNames.of(policy.order()));
    limit(json, "max_seconds", policy.maxSeconds());
    limit(json, "max_segments", policy.maxSegments());
    limit(json, "away_after_missed", policy.awayAfterMissed());
    json.endObject();
  }

  private static void limit(JsonWriter json, String name, @Nullable Integer limit) {
    if (limit != null) {
      json.member(name, limit);
    }
  }

  /**
   * The turns that a head row holds.
   *
   * @throws IllegalArgumentException when it holds anything else
   */
  static Turns read(String stored) {
    try {
      JsonNode json = Json.parse(stored);
      return new Turns(
          policy(Json.object(json, "policy")),
          Instant.parse(Json.text(json, "started_at")),
          Math.toIntExact(Json.number(json, "first_position")),
          requests(json),
          members(Json.object(json, "members")));
    } catch (JsonProcessingException | DateTimeException | ArithmeticException broken) {
      throw new IllegalArgumentException("turns that can't be read", broken);
    }
  }

  /** The policy that an object holds. */
  static TurnPolicy policy(JsonNode json) {
    return new TurnPolicy(
        StoredNames.constant(TurnOrder.class, Json.text(json, "order")),
        limit(json, "max_seconds"),
        limit(json, "max_segments"),
        limit(json, "away_after_missed"));
  }

  private static @Nullable Integer limit(JsonNode json, String name) {
    return json.has(name) ? Math.toIntExact(Json.number(json, name)) : null;
  }

  private static List<RingRequest> requests(JsonNode json) {
    List<RingRequest> requests = new ArrayList<>();
    for (JsonNode each : Json.array(json, "requests")) {
      requests.add(
          new RingRequest(
              new UserId(Json.text(each, "user_id")),
              Instant.parse(Json.text(each, "requested_at"))));
    }
    return requests;
  }

  private static Map<UserId, Attendance> members(JsonNode json) {
    Map<UserId, Attendance> members = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      members.put(
          new UserId(each.getKey()),
          new Attendance(
              count(each.getValue(), "last_term"),
              Math.toIntExact(count(each.getValue(), "missed")),
              each.getValue().path("away").asBoolean(false)));
    }
    return members;
  }

  private static long count(JsonNode json, String name) {
    return json.has(name) ? Json.number(json, name) : 0;
  }
}
