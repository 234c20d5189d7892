package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.access.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A long draft is read from its end, in pages. */
class LongDraftTest {
  private static final int SEGMENTS = 23;

  private final SharedDraft cast = SharedDraft.on(RestServer.start());
  private String draft = "";

  @BeforeEach
  void write() {
    draft = cast.draft();
    for (int i = 0; i < SEGMENTS; i++) {
      append(i);
    }
  }

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void a_draft_is_shown_with_its_last_segments() {
    assertEquals(List.of(20, 21, 22), positions("?last_segments=3", "/data/segments"));
    assertEquals(List.of(), positions("?last_segments=0", "/data/segments"));
    assertEquals(SEGMENTS, positions("?last_segments=23", "/data/segments").size());
    assertEquals(SEGMENTS, positions("?last_segments=1000000000000", "/data/segments").size());
    assertEquals(SEGMENTS, positions("", "/data/segments").size());
    assertEquals("23", read("?last_segments=3").at("/data/segment_count"));
  }

  @Test
  void its_entity_tag_is_that_of_the_draft() {
    String tag = Objects.requireNonNull(read("").header("ETag"));
    assertEquals(tag, read("?last_segments=3").header("ETag"));
    cast.ana.get("/drafts/" + draft + "?last_segments=3", "If-None-Match", tag).mustBe(304);
  }

  @Test
  void pages_from_the_end_give_every_segment_once_also_while_others_are_appended() {
    List<Integer> read = new ArrayList<>(positions("?last_segments=4", "/data/segments"));
    while (read.getFirst() > 0) {
      append(SEGMENTS);
      List<Integer> page = positions("/segments?limit=6&before=" + read.getFirst(), "/data");
      assertEquals(Math.min(6, read.getFirst()), page.size());
      read.addAll(0, page);
    }
    assertEquals(IntStream.range(0, SEGMENTS).boxed().toList(), read);
  }

  @Test
  void a_page_has_200_segments_at_the_end_unless_asked_otherwise() {
    Answer page = read("/segments");
    assertEquals(SEGMENTS, page.json().at("/data").size());
    assertEquals(cast.epoch(), page.at("/epoch"));
    assertEquals(List.of(22), positions("/segments?limit=1", "/data"));
    assertEquals(List.of(), positions("/segments?before=0", "/data"));
  }

  @Test
  void what_is_no_number_is_refused_by_name() {
    read("?last_segments=-1")
        .mustRefuse("last_segments", "\"-1\" (expected: a whole number, 0 or more)");
    read("/segments?before=x").mustRefuse("before", "\"x\" (expected: a whole number, 0 or more)");
    read("/segments?limit=0").mustRefuse("limit", "\"0\" (expected: a whole number, 1 or more)");
  }

  @Test
  void a_stranger_reads_nothing_of_it() {
    cast.stranger.get("/drafts/" + draft + "/segments").mustBe(ProblemCode.NOT_FOUND);
    cast.vera.get("/drafts/" + draft + "/segments").mustBe(200);
  }

  private void append(int number) {
    cast.ana
        .post("/drafts/" + draft + "/segments", "{\"content\":\"segment %d\"}".formatted(number))
        .mustBe(201);
  }

  private Answer read(String rest) {
    return cast.ana.get("/drafts/" + draft + rest);
  }

  private List<Integer> positions(String rest, String pointer) {
    List<Integer> positions = new ArrayList<>();
    for (JsonNode segment : read(rest).mustBe(200).json().at(pointer)) {
      positions.add(segment.get("position").asInt());
    }
    return positions;
  }
}
