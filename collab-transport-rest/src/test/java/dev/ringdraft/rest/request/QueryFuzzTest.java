package dev.ringdraft.rest.request;

import static dev.ringdraft.rest.request.RefusedReading.tried;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever stands in a query where a number is expected. */
@Tag("long")
class QueryFuzzTest {
  @FuzzTest
  void every_number_is_read_or_refused(FuzzedDataProvider data) {
    long least = data.consumeInt(0, 1);
    String text = data.consumeRemainingAsString();

    tried(() -> assertTrue(Query.number("after", text, least) >= least));
  }
}
