package dev.ringdraft.rest.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.contract.DraftFixture;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.rest.json.DraftBody.Segments;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.wire.SegmentJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments are written once, and are the same for whoever reads how much of them. */
class SegmentJsonCacheTest {
  private final List<Long> readFrom = new ArrayList<>();
  private final InMemoryDraftEventStore log = new InMemoryDraftEventStore();
  private final SegmentJsonCache texts =
      new SegmentJsonCache(
          new RelayingStore(log) {
            @Override
            public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
              readFrom.add(revision);
              return super.readAfter(draft, revision, limit);
            }
          });
  private final DraftFixture draft = DraftFixture.of(log, DraftFixture.freshId(), Cast.ANA).begun();

  @Test
  void a_segment_is_written_as_on_the_wire() throws IOException {
    draft.commit(draft.segment("\"one\"\\\n\u0001 🏮"));

    JsonNode written = read(2).get(0);

    Segment segment = log.view(draft.id()).orElseThrow().segments().getFirst();
    assertEquals(new ObjectMapper().readTree(SegmentJson.of(draft.id(), segment)), written);
  }

  @Test
  void the_mapper_of_answers_writes_the_same_bytes_to_a_stream_and_to_a_text() throws IOException {
    draft.commit(draft.segment("one 🏮"));
    draft.commit(draft.segment("two"));
    Segments page = new Segments(texts.upTo(draft.id(), 3).slice(0, 2), new Epoch("e"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();

    new WireMapper().getContext(Segments.class).writeValue(body, page);

    assertEquals(WireMapper.json(page), body.toString(StandardCharsets.UTF_8));
    assertEquals(2, new ObjectMapper().readTree(body.toByteArray()).at("/data").size());
    assertEquals("e", new ObjectMapper().readTree(body.toByteArray()).at("/epoch").asText());
  }

  @Test
  void a_draft_without_segments_has_none() throws IOException {
    assertEquals(0, read(1).size());
  }

  @Test
  void what_was_read_once_is_not_read_again() throws IOException {
    draft.commit(draft.segment("one"));
    assertEquals(1, read(2).size());
    assertEquals(1, read(2).size());
    draft.commit(draft.updated("Other", null), draft.segment("two"));

    assertEquals(2, read(4).size());

    assertEquals(List.of(0L, 2L), readFrom);
  }

  @Test
  void who_comes_late_with_an_earlier_revision_gets_no_more_than_that() throws IOException {
    draft.commit(draft.segment("one"));
    draft.commit(draft.segment("two"));
    assertEquals(2, read(3).size());

    JsonNode earlier = read(2);

    assertEquals(1, earlier.size());
    assertEquals("one", earlier.get(0).get("content").asText());
    assertEquals(2, read(3).size());
    assertEquals(List.of(0L, 0L), readFrom);
  }

  @Test
  void a_long_draft_is_read_in_pages_and_whole() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      draft.commit(draft.segment("segment " + i));
    }

    JsonNode segments = read(1_101);

    assertEquals(1_100, segments.size());
    for (int i = 0; i < 1_100; i++) {
      assertEquals(i, segments.get(i).get("position").asInt());
      assertTrue(segments.get(i).get("content").asText().endsWith(" " + i));
    }
    assertEquals(List.of(0L, 1_000L), readFrom);
  }

  @Test
  void any_range_of_positions_can_be_read() throws IOException {
    for (int i = 0; i < 40; i++) {
      draft.commit(draft.segment("segment " + i));
    }
    SegmentArray segments = texts.upTo(draft.id(), 41);

    assertEquals(40, segments.size());
    for (int from = 0; from <= 40; from++) {
      for (int to = from; to <= 40; to++) {
        JsonNode range = read(segments, from, to);
        assertEquals(to - from, range.size());
        if (to > from) {
          assertEquals(from, range.get(0).get("position").asInt());
          assertEquals(to - 1, range.get(range.size() - 1).get("position").asInt());
        }
      }
    }
  }

  private JsonNode read(long revision) throws IOException {
    SegmentArray segments = texts.upTo(draft.id(), revision);
    return read(segments, 0, segments.size());
  }

  private static JsonNode read(SegmentArray segments, int from, int to) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    segments.write(from, to, json);
    return new ObjectMapper().readTree("[" + json.toString(StandardCharsets.UTF_8) + "]");
  }
}
