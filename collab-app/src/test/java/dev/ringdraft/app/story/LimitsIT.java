package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.Program;
import dev.ringdraft.app.story.Person.Answer;
import dev.ringdraft.app.story.Person.Seen;
import dev.ringdraft.app.story.Person.Watch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program does to those who ask too much of it. */
@Tag("long")
final class LimitsIT {
  /** Far more than may come at once, however busy the machine is. */
  private static final int MANY = 500;

  @TempDir private Path folder;

  @Test
  void whoever_asks_too_much_is_told_so_and_the_others_are_served() throws Exception {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "--http.port=0",
            "--limit.connections-per-user-max-count=1",
            "--limit.handshakes-per-address-per-second=5",
            "--limit.requests-per-second=5",
            "--limit.requests-burst-max-count=30")) {
      Person ana = new Person("ana", program.url());
      Person ben = ana.named("ben");
      String draft = ana.start(Person.body().put("title", "Limits"));
      ana.invite(draft, ben, "viewer");

      assertTooManySockets(ana, draft);
      assertTooManyMessages(ben.watch(draft, null));
      assertTooManyHandshakes(ana.named("mallory"), draft);
      assertEquals(
          413,
          ana.append(draft, "x".repeat(64 << 10), null).status(),
          "the largest body is 64 KiB");
      assertTooManyRequests(ana);
      ben.read("/drafts/" + draft).expect(200);
    }
  }

  @Test
  void the_commands_of_one_draft_are_limited_whoever_sends_them() throws Exception {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "--http.port=0",
            "--limit.requests-per-second=100000",
            "--limit.requests-burst-max-count=100000",
            "--limit.commands-per-draft-per-second=1")) {
      Person ana = new Person("ana", program.url());
      String busy = ana.start(Person.body().put("title", "Busy"));
      Person.Answer last = ana.append(busy, "a word", null);
      for (int i = 0; i < MANY && last.status() == 201; i++) {
        last = ana.append(busy, "a word", null);
      }

      assertEquals(429, last.status());
      assertEquals("rate_limited", last.body().path("code").asText());
      String other = ana.start(Person.body().put("title", "Another"));
      assertEquals(201, ana.append(other, "a word", null).status());
    }
  }

  private static void assertTooManySockets(Person person, String draft) {
    Watch watch = person.watch(draft, null);
    assertRefused(person.refusal(draft), "too_many_connections");
    watch.leave();
  }

  private static void assertTooManyHandshakes(Person person, String draft) {
    Optional<HttpResponse<?>> last = person.refusal(draft);
    for (int i = 0; i < MANY && last.orElseThrow().statusCode() == 404; i++) {
      last = person.refusal(draft);
    }
    assertRefused(last, "rate_limited");
  }

  private static void assertRefused(Optional<HttpResponse<?>> refusal, String code) {
    HttpResponse<?> answer = refusal.orElseThrow();
    assertEquals(429, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertTrue(String.valueOf(answer.body()).contains(code), () -> "body: " + answer.body());
  }

  private static void assertTooManyMessages(Watch watch) throws InterruptedException {
    watch.next("connected");
    watch.say("{\"type\":\"ping\"}", MANY);
    Seen seen = watch.next(EventFeed.PATIENCE);
    while (seen.type().equals("pong")) {
      seen = watch.next(EventFeed.PATIENCE);
    }
    assertEquals("4503 policy", seen.frame().path("by").asText());
  }

  private static void assertTooManyRequests(Person person) throws Exception {
    Answer answer = person.read("/drafts");
    for (int i = 0; i < MANY && answer.status() == 200; i++) {
      answer = person.read("/drafts");
    }
    assertEquals("rate_limited", answer.expect(429).body().get("code").asText());
  }
}
