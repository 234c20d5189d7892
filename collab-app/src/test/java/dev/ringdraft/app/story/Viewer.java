package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who watches a draft by one rung after the other, and keeps every event: from revision 1
 * on, each behind the one before, or it is a fault. For one thread at a time.
 */
final class Viewer {
  private final Person person;
  private final String draft;
  private final String epoch;
  private final List<JsonNode> run;

  private Viewer(Person person, String draft, String epoch, List<JsonNode> run) {
    this.person = person;
    this.draft = draft;
    this.epoch = epoch;
    this.run = run;
  }

  /** Somebody who has seen nothing yet. */
  static Viewer of(Person person, String draft) throws IOException, InterruptedException {
    String epoch = person.read("/drafts/" + draft).expect(200).data().get("epoch").asText();
    return new Viewer(person, draft, epoch, new ArrayList<>());
  }

  /** The same viewer, with all that was seen, at another server. */
  Viewer at(String url) {
    return new Viewer(person.at(url), draft, epoch, run);
  }

  Person person() {
    return person;
  }

  String draft() {
    return draft;
  }

  String epoch() {
    return epoch;
  }

  /** The last revision that was seen, or 0. */
  long revision() {
    return run.size();
  }

  /** All that was seen. */
  List<JsonNode> run() {
    return List.copyOf(run);
  }

  void see(List<JsonNode> events) {
    for (JsonNode event : events) {
      if (event.path("revision").asLong() != revision() + 1) {
        throw new AssertionError(
            "%s saw %s behind revision %d".formatted(person.name(), event, revision()));
      }
      run.add(event);
    }
  }

  /** Watches by a rung up to a revision; what comes after it in one piece is seen as well. */
  void watch(Rung rung, long upTo) throws InterruptedException {
    try (Feed feed = rung.open(this)) {
      while (revision() < upTo) {
        switch (feed.next()) {
          case News.Came came -> see(came.events());
          case News.Draining draining -> throw new AssertionError(rung + ": " + draining);
          case News.Over over -> throw new AssertionError(rung + ": " + over);
        }
      }
    }
  }
}
