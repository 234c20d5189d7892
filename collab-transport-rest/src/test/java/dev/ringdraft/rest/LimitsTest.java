package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.config.WaitSettings;
import dev.ringdraft.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much one caller may ask of the server. */
class LimitsTest {
  private final SharedDraft cast =
      SharedDraft.on(
          RestServer.start(
              RestServer.settings(DraftLimits.defaults()).toBuilder()
                  .waits(new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 2))
                  .rates(new RateSettings(1, 20))
                  .build()));

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void whoever_sends_too_many_requests_is_told_so_and_the_others_are_not() {
    Answer refused = refusal(cast.ana, 200);
    assertEquals("1", refused.at("/limit"));
    assertEquals("1", refused.header("Retry-After"));
    cast.ben.get("/drafts").mustBe(200);
  }

  /** Asks until that is too much, which it is soon but not at once. */
  private static Answer refusal(RestClient client, int before) {
    for (int i = 0; i < 20; i++) {
      client.get("/drafts").mustBe(before);
    }
    Answer answer = client.get("/drafts");
    for (int i = 0; i < 20 && answer.status() == before; i++) {
      answer = client.get("/drafts");
    }
    return answer.mustBe(ProblemCode.RATE_LIMITED);
  }

  @Test
  void whoever_shows_nothing_that_counts_is_counted_by_address() {
    RestClient nobody = cast.server.asNobody();
    refusal(nobody, 401);
    nobody.get("/drafts", "X-Forwarded-For", "192.0.2.7").mustBe(ProblemCode.UNAUTHENTICATED);
    cast.ana.get("/drafts").mustBe(200);
  }

  @Test
  void polls_and_streams_of_one_user_wait_in_bounded_number() throws IOException {
    String draft = cast.draft();
    String path = "/drafts/" + draft + "/events?after=4";
    CompletableFuture<Answer> poll = cast.ben.starts(path + "&wait=30");
    try (Stream stream = Stream.of(cast.server, "ben", draft + "/events?after=4").begins()) {
      stream.comment();
      Eventually.until(() -> cast.server.hub().subscribers() == 2);
      Answer refused = cast.ben.get(path + "&wait=30").mustBe(ProblemCode.TOO_MANY_CONNECTIONS);
      assertEquals("2", refused.at("/limit"));
      assertEquals("2", refused.header("Retry-After"));
      cast.ben.get(path, "Accept", "text/event-stream").mustBe(ProblemCode.TOO_MANY_CONNECTIONS);
      cast.ben.get(path).mustBe(200);
      cast.cleo.get(path + "&wait=1").mustBe(200);
    }
    Eventually.until(() -> cast.server.hub().subscribers() == 1);
    cast.ben.get(path + "&wait=1").mustBe(200);
    cast.ana.appends("one", draft).mustBe(201);
    poll.join().mustBe(200);
  }
}
