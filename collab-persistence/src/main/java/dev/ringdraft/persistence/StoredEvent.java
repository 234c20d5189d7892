package dev.ringdraft.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads events back from what {@code EventJson} wrote. Who and when are columns of their own, and
 * finer than the JSON.
 */
final class StoredEvent {
  private StoredEvent() {}

  /**
   * The fact that a row holds.
   *
   * @throws CorruptHistoryException when it holds none that we know
   */
  static RecordedEvent read(
      DraftId draft, long revision, String type, String actor, Instant at, String data) {
    try {
      return new RecordedEvent(
          draft, revision, read(type, new UserId(actor), at, Json.parse(data)));
    } catch (JsonProcessingException | ArithmeticException broken) {
      throw corrupt(draft, revision, "data that can't be read");
    } catch (IllegalArgumentException broken) {
      throw corrupt(draft, revision, String.valueOf(broken.getMessage()));
    }
  }

  private static DraftEvent read(String type, UserId actor, Instant at, JsonNode data) {
    return switch (type) {
      case "collab.draft_created" ->
          new DraftCreated(actor, at, Json.text(data, "title"), platform(data));
      case "collab.segment_added" ->
          new SegmentAdded(
              new Segment(
                  new SegmentId(Json.text(data, "segment_id")),
                  actor,
                  Json.text(data, "content"),
                  Math.toIntExact(Json.number(data, "position")),
                  at));
      case "collab.ring_passed" ->
          new RingPassed(
              actor,
              at,
              new UserId(Json.text(data, "from_user_id")),
              new UserId(Json.text(data, "to_user_id")),
              Json.number(data, "term"),
              StoredNames.constant(PassReason.class, Json.text(data, "reason")));
      case "collab.collaborator_added" ->
          new CollaboratorAdded(
              actor,
              at,
              new UserId(Json.text(data, "collaborator_id")),
              StoredNames.constant(Role.class, Json.text(data, "role")));
      case "collab.collaborator_removed" ->
          new CollaboratorRemoved(actor, at, new UserId(Json.text(data, "collaborator_id")));
      case "collab.draft_updated" ->
          new DraftUpdated(actor, at, Json.optionalText(data, "title"), status(data));
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private static @Nullable Platform platform(JsonNode data) {
    String name = Json.optionalText(data, "platform");
    return name == null ? null : StoredNames.constant(Platform.class, name);
  }

  private static @Nullable DraftStatus status(JsonNode data) {
    String name = Json.optionalText(data, "status");
    return name == null ? null : StoredNames.constant(DraftStatus.class, name);
  }

  private static CorruptHistoryException corrupt(DraftId draft, long revision, String what) {
    return new CorruptHistoryException(
        "draft %s, revision %d: %s".formatted(draft, revision, what));
  }
}
