package dev.ringdraft.rest.request;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever tags a request names. */
@Tag("long")
class EntityTagsFuzzTest {
  @FuzzTest
  void every_list_of_tags_is_read(FuzzedDataProvider data) {
    EntityTags tags =
        EntityTags.of(List.of(data.consumeString(500), data.consumeRemainingAsString()));

    assertTrue(tags != null && tags.versions().size() <= tags.tags().size());
  }
}
