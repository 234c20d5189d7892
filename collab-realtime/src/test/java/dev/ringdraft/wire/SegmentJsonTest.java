package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SegmentJsonTest {
  @Test
  void a_segment_names_its_draft_and_shows_its_text_as_it_is() {
    Segment segment =
        new Segment(
            new SegmentId("s1"),
            new UserId("ana"),
            "\"The lamps\"\n🏮",
            3,
            Instant.parse("2026-11-23T12:00:00.120Z"));

    assertEquals(
        "{\"segment_id\":\"s1\",\"draft_id\":\"d1\",\"author_user_id\":\"ana\","
            + "\"content\":\"\\\"The lamps\\\"\\n🏮\",\"position\":3,"
            + "\"created_at\":\"2026-11-23T12:00:00.120Z\"}",
        SegmentJson.of(new DraftId("d1"), segment));
  }
}
