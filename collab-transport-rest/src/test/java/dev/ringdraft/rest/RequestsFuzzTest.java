package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringdraft.draft.DraftStatus;
import java.util.List;

/** Whatever a request says: it is understood, or refused by a problem of bounded length. */
class RequestsFuzzTest {
  private static final int LONGEST_DETAIL = 20_000;

  private static void tried(Runnable reading) {
    try {
      reading.run();
    } catch (ProblemException refused) {
      assertTrue(refused.problem().kind().status() == 400, refused.problem()::toString);
      assertTrue(refused.problem().detail().length() < LONGEST_DETAIL, refused.problem()::detail);
    }
  }

  @FuzzTest(maxDuration = "3m")
  void every_body_is_fields_or_a_problem(byte[] body) {
    tried(
        () -> {
          JsonFields fields = JsonFields.parse(body);
          tried(() -> JsonFields.only(fields, "content", "ring_term"));
          tried(() -> fields.text("content"));
          tried(() -> fields.user("to_user_id"));
          tried(() -> fields.optionalCount("ring_term"));
          tried(() -> fields.optionalConstant("status", DraftStatus.class));
        });
  }

  @FuzzTest(maxDuration = "2m")
  void every_cursor_is_one_of_ours_or_none(FuzzedDataProvider data) {
    CursorText.parse(data.consumeRemainingAsString())
        .ifPresent(
            cursor -> assertEquals(cursor, CursorText.parse(CursorText.of(cursor)).orElseThrow()));
  }

  @FuzzTest(maxDuration = "2m")
  void every_list_of_tags_is_read(FuzzedDataProvider data) {
    EntityTags tags =
        EntityTags.of(List.of(data.consumeString(500), data.consumeRemainingAsString()));

    assertTrue(tags != null && tags.versions().size() <= tags.tags().size());
  }

  @FuzzTest(maxDuration = "2m")
  void every_number_is_read_or_refused(FuzzedDataProvider data) {
    long least = data.consumeInt(0, 1);
    String text = data.consumeRemainingAsString();

    tried(() -> assertTrue(Query.number("after", text, least) >= least));
  }
}
