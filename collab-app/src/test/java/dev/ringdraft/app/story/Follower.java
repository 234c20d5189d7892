package dev.ringdraft.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A person who watches a draft by one transport after the other, and keeps every event: from
 * revision 1 on, each behind the one before, or it is a fault. For one thread at a time.
 */
final class Follower {
  private final Person person;
  private final String draft;
  private final String epoch;
  private final List<JsonNode> run;

  private Follower(Person person, String draft, String epoch, List<JsonNode> run) {
    this.person = person;
    this.draft = draft;
    this.epoch = epoch;
    this.run = run;
  }

  /** Somebody who has seen nothing yet. */
  static Follower of(Person person, String draft) throws IOException, InterruptedException {
    String epoch = person.read("/drafts/" + draft).expect(200).data().get("epoch").asText();
    return new Follower(person, draft, epoch, new ArrayList<>());
  }

  /** The same follower, with all that was seen, at another server. */
  Follower at(String url) {
    return new Follower(person.at(url), draft, epoch, run);
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

  /** Watches by a transport up to a revision; what comes after it in one piece is seen as well. */
  void watch(Transport transport, long upTo) throws InterruptedException {
    try (EventFeed feed = transport.open(this)) {
      while (revision() < upTo) {
        switch (feed.next()) {
          case FeedResult.Came came -> see(came.events());
          case FeedResult.Draining draining ->
              throw new AssertionError(transport + ": " + draining);
          case FeedResult.Over over -> throw new AssertionError(transport + ": " + over);
        }
      }
    }
  }
}
