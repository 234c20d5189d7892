package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;

/**
 * The JSON of a segment: as an object of its own, in responses, and as the {@code data} of an
 * event, which names the draft elsewhere.
 */
public final class SegmentJson {
  private SegmentJson() {}

  /** The object. */
  public static String of(DraftId draft, Segment segment) {
    JsonWriter json = new JsonWriter();
    write(json, draft, segment);
    return json.toString();
  }

  /** Writes the object as an element of an array that has begun. */
  static void write(JsonWriter json, DraftId draft, Segment segment) {
    json.beginObject()
        .member("segment_id", segment.id().value())
        .member("draft_id", draft.value())
        .member("author_user_id", segment.author().value())
        .member("content", segment.content());
    place(json, segment).endObject();
  }

  /** The members of an event's {@code data}. */
  static void members(JsonWriter json, Segment segment) {
    json.member("segment_id", segment.id().value())
        .member("content", segment.content())
        .member("author_user_id", segment.author().value());
    place(json, segment);
  }

  /** Reads either form; the draft is not looked at. */
  static Segment read(JsonObject json) {
    return json.checked(
        members ->
            new Segment(
                members.value("segment_id", SegmentId::new),
                members.value("author_user_id", UserId::new),
                members.text("content"),
                members.smallWhole("position"),
                members.instant("created_at")));
  }

  private static JsonWriter place(JsonWriter json, Segment segment) {
    return json.member("position", segment.position())
        .member("created_at", WireInstant.of(segment.createdAt()));
  }
}
