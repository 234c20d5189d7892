package dev.ringdraft.bench.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EventScanTest {
  private final EventScan scan = new EventScan();

  private static String segment(long revision, String user, String content) {
    return """
    {"type":"collab.segment_added","draft_id":"d","revision":%d,"ts":"2026-11-23T12:00:00.123Z",\
    "user_id":"%s","data":{"segment_id":"s","content":"%s","author_user_id":"%s","position":4}}"""
        .formatted(revision, user, content, user);
  }

  private static String stamp(long due) {
    byte[] bytes = new byte[DueStamp.LENGTH];
    DueStamp.write(due, bytes, 0);
    return new String(bytes, US_ASCII);
  }

  private boolean read(String message) {
    byte[] bytes = message.getBytes(UTF_8);
    return scan.read(bytes, 0, bytes.length);
  }

  @Test
  void an_event_shows_its_revision_and_when_it_was_due() {
    assertTrue(read(segment(7, "ana", stamp(123_456_789_012L) + "xxx")));

    assertEquals(7, scan.revision());
    assertEquals(123_456_789_012L, scan.due());
  }

  @Test
  void events_of_other_lengths_are_read_after_one_another() {
    assertTrue(read(segment(9, "ana", stamp(1))));
    assertTrue(read(segment(10, "a much longer name", stamp(Long.MAX_VALUE))));

    assertEquals(10, scan.revision());
    assertEquals(Long.MAX_VALUE, scan.due());
  }

  @Test
  void a_text_without_a_stamp_was_never_due() {
    assertTrue(read(segment(7, "ana", "hello")));

    assertEquals(0, scan.due());
  }

  @Test
  void a_text_that_looks_like_an_event_does_not_mislead() {
    assertTrue(read(segment(7, "ana", "{\\\"type\\\":\\\"collab.x\\\",\\\"revision\\\":99}")));

    assertEquals(7, scan.revision());
  }

  @Test
  void another_message_is_no_event() {
    assertFalse(read("{\"type\":\"connected\",\"revision\":7}"));
    assertFalse(read(""));
  }

  @Test
  void a_page_of_events_is_walked_through() {
    String page =
        "{\"data\":[%s,%s],\"revision\":9,\"epoch\":\"e\"}"
            .formatted(segment(8, "ana", stamp(5)), segment(9, "ana", stamp(6)));
    byte[] bytes = page.getBytes(UTF_8);

    int first = EventScan.next(bytes, 0, bytes.length);
    int second = EventScan.next(bytes, first + 1, bytes.length);

    assertTrue(scan.read(bytes, first, bytes.length));
    assertEquals(5, scan.due());
    assertTrue(scan.read(bytes, second, bytes.length));
    assertEquals(6, scan.due());
    assertEquals(-1, EventScan.next(bytes, second + 1, bytes.length));
  }
}
