package dev.ringdraft.bench.history;

import com.fasterxml.jackson.databind.JsonNode;

/** An event of a draft as the server shows it, by any transport. */
record LoggedEvent(JsonNode json) {
  static final String SEGMENT_ADDED = "collab.segment_added";
  static final String RING_PASSED = "collab.ring_passed";

  long revision() {
    return json.path("revision").asLong();
  }

  boolean isSegment() {
    return type().equals(SEGMENT_ADDED);
  }

  boolean isPass() {
    return type().equals(RING_PASSED);
  }

  String type() {
    return json.path("type").asText();
  }

  /** Who wrote a segment. */
  String author() {
    return data("author_user_id");
  }

  /** The text of a segment. */
  String content() {
    return data("content");
  }

  /** Who held the ring before a pass. */
  String from() {
    return data("from_user_id");
  }

  /** Who holds the ring after a pass. */
  String to() {
    return data("to_user_id");
  }

  private String data(String name) {
    return json.path("data").path(name).asText();
  }
}
