package dev.ringdraft.rest.request;

import static dev.ringdraft.rest.request.RefusedReading.tried;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ringdraft.draft.DraftStatus;
import org.junit.jupiter.api.Tag;

/** Whatever a request has for a body. */
@Tag("long")
class JsonFieldsFuzzTest {
  @FuzzTest
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
}
