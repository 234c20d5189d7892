package dev.ringdraft.wire;

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
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of events in both directions: pushed, polled and streamed alike, because it is written
 * here and nowhere else.
 */
public final class EventJson {
  private static final String DRAFT_CREATED = "collab.draft_created";
  private static final String SEGMENT_ADDED = "collab.segment_added";
  private static final String RING_PASSED = "collab.ring_passed";
  private static final String RING_REQUESTED = "collab.ring_requested";
  private static final String RING_REQUEST_REMOVED = "collab.ring_request_removed";
  private static final String COLLABORATOR_ADDED = "collab.collaborator_added";
  private static final String COLLABORATOR_REMOVED = "collab.collaborator_removed";
  private static final String COLLABORATOR_UPDATED = "collab.collaborator_updated";
  private static final String DRAFT_UPDATED = "collab.draft_updated";

  private static final List<String> TYPES =
      List.of(
          DRAFT_CREATED,
          SEGMENT_ADDED,
          RING_PASSED,
          RING_REQUESTED,
          RING_REQUEST_REMOVED,
          COLLABORATOR_ADDED,
          COLLABORATOR_REMOVED,
          COLLABORATOR_UPDATED,
          DRAFT_UPDATED);

  private EventJson() {}

  /** The name of an event's type, such as {@code collab.segment_added}. */
  public static String type(DraftEvent event) {
    return switch (event) {
      case DraftCreated e -> DRAFT_CREATED;
      case SegmentAdded e -> SEGMENT_ADDED;
      case RingPassed e -> RING_PASSED;
      case CollaboratorAdded e -> COLLABORATOR_ADDED;
      case CollaboratorRemoved e -> COLLABORATOR_REMOVED;
      case CollaboratorUpdated e -> COLLABORATOR_UPDATED;
      case RingRequested e -> RING_REQUESTED;
      case RingRequestRemoved e -> RING_REQUEST_REMOVED;
      case DraftUpdated e -> DRAFT_UPDATED;
    };
  }

  /**
   * The whole event: {@code {"type":…,"draft_id":…,"revision":…,"ts":…,"user_id":…,"data":{…}}}.
   */
  public static String of(RecordedEvent recorded) {
    JsonWriter json = new JsonWriter();
    write(json, recorded);
    return json.toString();
  }

  /** Writes the whole event as an element of an array that has begun. */
  public static void write(JsonWriter json, RecordedEvent recorded) {
    DraftEvent event = recorded.event();
    json.beginObject()
        .member("type", type(event))
        .member("draft_id", recorded.draft().value())
        .member("revision", recorded.revision())
        .member("ts", WireInstant.of(event.at()))
        .member("user_id", event.actor().value())
        .beginObject("data");
    members(json, event);
    json.endObject().endObject();
  }

  /** The event's {@code data} alone. */
  public static String data(DraftEvent event) {
    JsonWriter json = new JsonWriter().beginObject();
    members(json, event);
    return json.endObject().toString();
  }

  /**
   * Reads a whole event. Members that it does not know are ignored, so that a later server may add
   * some.
   *
   * @throws WireFormatException when it is no event, or of a type that is not known here: a reader
   *     that left it out would fold another draft than the server
   */
  public static RecordedEvent read(String json) {
    return read(JsonObject.read(json, JsonReader.Limits.FRAME));
  }

  static RecordedEvent read(JsonObject json) {
    return json.checked(
        members ->
            new RecordedEvent(
                members.value("draft_id", DraftId::new),
                members.whole("revision"),
                event(members)));
  }

  /** Whether the type is one that {@link #read} knows. */
  static boolean isKnown(String type) {
    return TYPES.contains(type);
  }

  private static DraftEvent event(JsonObject json) {
    UserId actor = json.value("user_id", UserId::new);
    Instant at = json.instant("ts");
    String type = json.text("type");
    JsonObject data = json.object("data");
    return switch (type) {
      case DRAFT_CREATED ->
          new DraftCreated(
              actor,
              at,
              data.text("title"),
              data.constantOrNull("platform", Platform.class),
              policy(data));
      case SEGMENT_ADDED -> new SegmentAdded(SegmentJson.read(data));
      case RING_PASSED ->
          new RingPassed(
              actor,
              at,
              data.value("from_user_id", UserId::new),
              data.value("to_user_id", UserId::new),
              data.whole("term"),
              data.constant("reason", PassReason.class),
              data.instantOrNull("turn_ends_at"));
      case RING_REQUESTED -> new RingRequested(actor, at);
      case RING_REQUEST_REMOVED ->
          new RingRequestRemoved(
              actor,
              at,
              data.value("user_id", UserId::new),
              data.constant("reason", RequestEnd.class));
      case COLLABORATOR_ADDED ->
          new CollaboratorAdded(actor, at, collaborator(data), data.constant("role", Role.class));
      case COLLABORATOR_REMOVED -> new CollaboratorRemoved(actor, at, collaborator(data));
      case COLLABORATOR_UPDATED ->
          new CollaboratorUpdated(
              actor,
              at,
              collaborator(data),
              new MemberChange(
                  data.has("role") ? data.constant("role", Role.class) : null,
                  data.has("away") ? data.flag("away") : null),
              data.constant("reason", UpdateReason.class));
      case DRAFT_UPDATED ->
          new DraftUpdated(
              actor,
              at,
              new DraftChange(
                  data.has("title") ? data.text("title") : null,
                  data.has("status") ? data.constant("status", DraftStatus.class) : null,
                  policy(data)));
      default -> throw new WireFormatException("type: not known (expected: one of " + TYPES + ")");
    };
  }

  private static UserId collaborator(JsonObject data) {
    return data.value("collaborator_id", UserId::new);
  }

  private static @Nullable TurnPolicy policy(JsonObject data) {
    return data.has("turn_policy") ? TurnPolicyJson.read(data) : null;
  }

  private static void members(JsonWriter json, DraftEvent event) {
    switch (event) {
      case DraftCreated e -> {
        json.member("title", e.title())
            .member("platform", name(e.platform()))
            .member("creator_id", e.actor().value())
            .member("created_at", WireInstant.of(e.at()));
        policy(json, e.turnPolicy());
      }
      case SegmentAdded e -> SegmentJson.members(json, e.segment());
      case RingPassed e ->
          json.member("from_user_id", e.from().value())
              .member("to_user_id", e.to().value())
              .member("term", e.term())
              .member("reason", WireName.of(e.reason()))
              .member(
                  "turn_ends_at", e.turnEndsAt() == null ? null : WireInstant.of(e.turnEndsAt()));
      case RingRequested e ->
          json.member("user_id", e.actor().value()).member("requested_at", WireInstant.of(e.at()));
      case RingRequestRemoved e ->
          json.member("user_id", e.user().value()).member("reason", WireName.of(e.reason()));
      case CollaboratorAdded e ->
          json.member("collaborator_id", e.user().value())
              .member("role", WireName.of(e.role()))
              .member("joined_at", WireInstant.of(e.at()));
      case CollaboratorRemoved e -> json.member("collaborator_id", e.user().value());
      case CollaboratorUpdated e -> {
        json.member("collaborator_id", e.user().value());
        if (e.change().role() != null) {
          json.member("role", WireName.of(e.change().role()));
        }
        if (e.change().away() != null) {
          json.member("away", e.change().away());
        }
        json.member("reason", WireName.of(e.reason()));
      }
      case DraftUpdated e -> {
        if (e.change().title() != null) {
          json.member("title", e.change().title());
        }
        if (e.change().status() != null) {
          json.member("status", WireName.of(e.change().status()));
        }
        policy(json, e.change().turnPolicy());
      }
    }
  }

  private static void policy(JsonWriter json, @Nullable TurnPolicy policy) {
    if (policy != null) {
      TurnPolicyJson.member(json, policy);
    }
  }

  private static @Nullable String name(@Nullable Platform platform) {
    return platform == null ? null : WireName.of(platform);
  }
}
