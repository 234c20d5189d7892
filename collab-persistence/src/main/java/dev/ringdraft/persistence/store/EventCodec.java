package dev.ringdraft.persistence.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.json.Json;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.wire.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The format of events in the table {@code draft_event}, in both directions. Type names and member
 * names belong to the store: they may differ from the wire's, and a change of the wire does not
 * touch them. Actor and instant are columns, not members of {@code data}.
 *
 * <table>
 * <caption>Versions</caption>
 * <tr><td>1</td><td>until migration V4: the type has the prefix {@code collab.}, and {@code data}
 *     repeats the actor and the instant, which are not read</td></tr>
 * <tr><td>2</td><td>until migration V5: no turn has a limit, nobody asks for the ring</td></tr>
 * <tr><td>3</td><td>written since</td></tr>
 * </table>
 *
 * <p>A change that the reader below would not understand gets the next number, and the reader keeps
 * the old one.
 */
final class EventCodec {
  /** The format that is written. */
  static final short VERSION = 3;

  static final String SEGMENT_ADDED = "segment_added";

  /** The types of a segment in all versions, as a list for a condition in SQL or HQL. */
  static final String SEGMENT_TYPES = "('segment_added', 'collab.segment_added')";

  private static final String POLICY = "turn_policy";

  private static final String PREFIX_OF_VERSION_1 = "collab.";

  private EventCodec() {}

  /**
   * An event as a row holds it.
   *
   * @param at written in whole milliseconds; rows of earlier programs may be finer, and are read
   *     without the rest
   */
  record StoredEvent(short version, String type, String actor, Instant at, String data) {}

  static StoredEvent write(DraftEvent event) {
    return new StoredEvent(VERSION, type(event), event.actor().value(), event.at(), data(event));
  }

  private static String type(DraftEvent event) {
    return switch (event) {
      case DraftCreated e -> "draft_created";
      case SegmentAdded e -> SEGMENT_ADDED;
      case RingPassed e -> "ring_passed";
      case CollaboratorAdded e -> "collaborator_added";
      case CollaboratorRemoved e -> "collaborator_removed";
      case CollaboratorUpdated e -> "collaborator_updated";
      case RingRequested e -> "ring_requested";
      case RingRequestRemoved e -> "ring_request_removed";
      case DraftUpdated e -> "draft_updated";
    };
  }

  private static String data(DraftEvent event) {
    JsonWriter json = new JsonWriter().beginObject();
    switch (event) {
      case DraftCreated e -> {
        json.member("title", e.title());
        optional(json, "platform", e.platform());
        policy(json, e.turnPolicy());
      }
      case SegmentAdded e ->
          json.member("segment_id", e.segment().id().value())
              .member("content", e.segment().content())
              .member("position", e.segment().position());
      case RingPassed e -> {
        json.member("from_user_id", e.from().value())
            .member("to_user_id", e.to().value())
            .member("term", e.term())
            .member("reason", StoredNames.of(e.reason()));
        if (e.turnEndsAt() != null) {
          json.member("turn_ends_at", e.turnEndsAt().toString());
        }
      }
      case RingRequested e -> {}
      case RingRequestRemoved e ->
          json.member("user_id", e.user().value()).member("reason", StoredNames.of(e.reason()));
      case CollaboratorAdded e ->
          json.member("collaborator_id", e.user().value()).member("role", StoredNames.of(e.role()));
      case CollaboratorRemoved e -> json.member("collaborator_id", e.user().value());
      case CollaboratorUpdated e -> {
        json.member("collaborator_id", e.user().value());
        optional(json, "role", e.change().role());
        if (e.change().away() != null) {
          json.member("away", e.change().away());
        }
        json.member("reason", StoredNames.of(e.reason()));
      }
      case DraftUpdated e -> {
        if (e.change().title() != null) {
          json.member("title", e.change().title());
        }
        optional(json, "status", e.change().status());
        policy(json, e.change().turnPolicy());
      }
    }
    return json.endObject().toString();
  }

  private static void policy(JsonWriter json, @Nullable TurnPolicy policy) {
    if (policy != null) {
      StoredTurns.policy(json, POLICY, policy);
    }
  }

  private static void optional(JsonWriter json, String name, @Nullable Enum<?> value) {
    if (value != null) {
      json.member(name, StoredNames.of(value));
    }
  }

  /**
   * The event that a row holds.
   *
   * @throws CorruptHistoryException when it holds none that this program knows
   */
  static RecordedEvent read(DraftId draft, long revision, StoredEvent stored) {
    try {
      return new RecordedEvent(draft, revision, decode(stored));
    } catch (IllegalArgumentException broken) {
      throw new CorruptHistoryException(
          "draft %s, revision %d: %s".formatted(draft, revision, broken.getMessage()));
    }
  }

  /**
   * The event alone.
   *
   * @throws IllegalArgumentException when the row holds none that this program knows
   */
  static DraftEvent decode(StoredEvent stored) {
    try {
      return event(
          typeOf(stored), new UserId(stored.actor()), stored.at(), Json.parse(stored.data()));
    } catch (JsonProcessingException | ArithmeticException | DateTimeException broken) {
      throw new IllegalArgumentException("data that can't be read", broken);
    }
  }

  private static String typeOf(StoredEvent stored) {
    return switch (stored.version()) {
      case 1 ->
          stored.type().startsWith(PREFIX_OF_VERSION_1)
              ? stored.type().substring(PREFIX_OF_VERSION_1.length())
              : stored.type();
      case 2, VERSION -> stored.type();
      default -> throw new IllegalArgumentException("unknown version " + stored.version());
    };
  }

  private static DraftEvent event(String type, UserId actor, Instant at, JsonNode data) {
    return switch (type) {
      case "draft_created" ->
          new DraftCreated(
              actor,
              at,
              Json.text(data, "title"),
              optional(data, "platform", Platform.class),
              policy(data));
      case SEGMENT_ADDED ->
          new SegmentAdded(
              new Segment(
                  new SegmentId(Json.text(data, "segment_id")),
                  actor,
                  Json.text(data, "content"),
                  Math.toIntExact(Json.number(data, "position")),
                  at));
      case "ring_passed" ->
          new RingPassed(
              actor,
              at,
              new UserId(Json.text(data, "from_user_id")),
              new UserId(Json.text(data, "to_user_id")),
              Json.number(data, "term"),
              StoredNames.constant(PassReason.class, Json.text(data, "reason")),
              instant(data, "turn_ends_at"));
      case "ring_requested" -> new RingRequested(actor, at);
      case "ring_request_removed" ->
          new RingRequestRemoved(
              actor,
              at,
              new UserId(Json.text(data, "user_id")),
              StoredNames.constant(RequestEnd.class, Json.text(data, "reason")));
      case "collaborator_added" ->
          new CollaboratorAdded(
              actor,
              at,
              new UserId(Json.text(data, "collaborator_id")),
              StoredNames.constant(Role.class, Json.text(data, "role")));
      case "collaborator_removed" ->
          new CollaboratorRemoved(actor, at, new UserId(Json.text(data, "collaborator_id")));
      case "collaborator_updated" ->
          new CollaboratorUpdated(
              actor,
              at,
              new UserId(Json.text(data, "collaborator_id")),
              new MemberChange(optional(data, "role", Role.class), flag(data, "away")),
              StoredNames.constant(UpdateReason.class, Json.text(data, "reason")));
      case "draft_updated" ->
          new DraftUpdated(
              actor,
              at,
              new DraftChange(
                  Json.optionalText(data, "title"),
                  optional(data, "status", DraftStatus.class),
                  policy(data)));
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private static <E extends Enum<E>> @Nullable E optional(
      JsonNode data, String name, Class<E> type) {
    String constant = Json.optionalText(data, name);
    return constant == null ? null : StoredNames.constant(type, constant);
  }

  private static @Nullable TurnPolicy policy(JsonNode data) {
    return data.has(POLICY) ? StoredTurns.policy(Json.object(data, POLICY)) : null;
  }

  private static @Nullable Boolean flag(JsonNode data, String name) {
    return data.has(name) ? data.get(name).booleanValue() : null;
  }

  private static @Nullable Instant instant(JsonNode data, String name) {
    String instant = Json.optionalText(data, name);
    return instant == null ? null : Instant.parse(instant);
  }
}
