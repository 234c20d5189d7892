package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestIdTest {
  @Test
  void one_visible_id_of_the_caller_is_kept() {
    assertEquals("r-1", RequestId.of(List.of("r-1"), () -> "new"));
    assertEquals("~".repeat(128), RequestId.of(List.of("~".repeat(128)), () -> "new"));
  }

  @Test
  void any_other_request_gets_a_new_id() {
    assertEquals("new", RequestId.of(List.of(), () -> "new"));
    assertEquals("new", RequestId.of(List.of("a", "b"), () -> "new"));
    for (String unusable : List.of("", "a b", "a\u007f", "\u00e9", "x".repeat(129))) {
      assertEquals("new", RequestId.of(List.of(unusable), () -> "new"), unusable);
    }
  }
}
