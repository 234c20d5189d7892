package dev.ringdraft.wire;

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
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.turn.TurnPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of events: pushed, polled and stored alike, because it is written here and nowhere else.
 */
public final class EventJson {
  private EventJson() {}

  /** The name of an event's type, such as {@code collab.segment_added}. */
  public static String type(DraftEvent event) {
    return switch (event) {
      case DraftCreated e -> "collab.draft_created";
      case SegmentAdded e -> "collab.segment_added";
      case RingPassed e -> "collab.ring_passed";
      case CollaboratorAdded e -> "collab.collaborator_added";
      case CollaboratorRemoved e -> "collab.collaborator_removed";
      case CollaboratorUpdated e -> "collab.collaborator_updated";
      case RingRequested e -> "collab.ring_requested";
      case RingRequestRemoved e -> "collab.ring_request_removed";
      case DraftUpdated e -> "collab.draft_updated";
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
