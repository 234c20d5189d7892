package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.segment.Segment;

/**
 * The JSON of a segment: as an object of its own, in responses, and as the {@code data} of an
 * event, which names the draft elsewhere.
 */
public final class SegmentJson {
  private SegmentJson() {}

  /** The object. */
  public static String of(DraftId draft, Segment segment) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("segment_id", segment.id().value())
            .member("draft_id", draft.value())
            .member("author_user_id", segment.author().value())
            .member("content", segment.content());
    return place(json, segment).endObject().toString();
  }

  /** The members of an event's {@code data}. */
  static void members(JsonWriter json, Segment segment) {
    json.member("segment_id", segment.id().value())
        .member("content", segment.content())
        .member("author_user_id", segment.author().value());
    place(json, segment);
  }

  private static JsonWriter place(JsonWriter json, Segment segment) {
    return json.member("position", segment.position())
        .member("created_at", WireInstant.of(segment.createdAt()));
  }
}
