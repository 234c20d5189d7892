package dev.ringdraft.persistence.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PendingNotificationsTest {
  private final PendingNotifications hints = new PendingNotifications();

  @Test
  void of_one_draft_the_highest_revision_is_told() throws InterruptedException {
    DraftId draft = new DraftId("d");
    hints.add(draft, 7);
    hints.add(draft, 9);
    hints.add(draft, 8);

    assertEquals("me d:9", hints.next("me"));
  }

  @Test
  void many_hints_are_told_in_messages_that_fit() throws InterruptedException {
    Map<String, Long> all = new HashMap<>();
    for (long i = 1; i <= 500; i++) {
      String name = "d".repeat(60) + i;
      hints.add(new DraftId(name), Long.MAX_VALUE - i);
      all.put(name, Long.MAX_VALUE - i);
    }

    Map<String, Long> told = new HashMap<>();
    while (told.size() < 500) {
      String message = hints.next("me");
      assertTrue(message.length() < 8_000, message.length() + " bytes");
      PendingNotifications.read(
          message, "you", (draft, revision) -> told.put(draft.value(), revision));
    }
    assertEquals(all, told);
  }

  @Test
  void ones_own_messages_are_not_heard() {
    assertEquals(List.of(), heard("me d:9"));
  }

  @Test
  void what_is_no_hint_is_skipped() {
    assertEquals(List.of("d:1"), heard("you  x :3 d: d:x d:1 ü:4"));
    assertEquals(List.of(), heard(""));
  }

  private static List<String> heard(String message) {
    List<String> heard = new ArrayList<>();
    PendingNotifications.read(
        message, "me", (draft, revision) -> heard.add(draft + ":" + revision));
    return heard;
  }
}
