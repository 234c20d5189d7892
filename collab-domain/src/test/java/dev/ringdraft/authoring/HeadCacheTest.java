package dev.ringdraft.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.view.DraftSummary;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of drafts: the last head of each, and not of too many. */
final class HeadCacheTest {
  private static final DraftEvent CREATED =
      new DraftCreated(Cast.ANA, Cast.NOW, Cast.TITLE, null, null);
  private static final DraftEvent TITLED =
      new DraftUpdated(Cast.ANA, Cast.NOW, DraftChange.title(Cast.TITLE));

  private static final Epoch EPOCH = new Epoch("first");
  private static final Epoch NEXT_EPOCH = new Epoch("second");

  private final HeadCache recent = new HeadCache();

  @Test
  void the_last_head_of_a_draft_is_remembered() {
    remember(draft(1), head(1));
    remember(draft(1), head(2));
    remember(draft(2), head(7));

    assertEquals(Optional.of(head(2)), recent.of(draft(1), EPOCH));
    assertEquals(Optional.of(head(7)), recent.of(draft(2), EPOCH));
    assertEquals(Optional.empty(), recent.of(draft(3), EPOCH));
  }

  @Test
  void an_earlier_head_is_no_news() {
    remember(draft(1), head(2));
    remember(draft(1), head(1));

    assertEquals(Optional.of(head(2)), recent.of(draft(1), EPOCH));
  }

  @Test
  void what_was_asked_for_before_all_was_forgotten_is_not_remembered() {
    long before = recent.generation();
    recent.invalidateAll();
    recent.remember(draft(1), EPOCH, head(1), before);

    assertEquals(Optional.empty(), recent.of(draft(1), EPOCH));
  }

  @Test
  void a_head_of_another_history_is_not_found_and_gives_way() {
    remember(draft(1), head(3));

    assertEquals(Optional.empty(), recent.of(draft(1), NEXT_EPOCH));

    recent.remember(draft(1), NEXT_EPOCH, head(2), recent.generation());
    assertEquals(Optional.of(head(2)), recent.of(draft(1), NEXT_EPOCH));
    assertEquals(Optional.empty(), recent.of(draft(1), EPOCH));
  }

  @Test
  void what_is_forgotten_is_not_found() {
    remember(draft(1), head(1));
    remember(draft(2), head(1));
    remember(draft(3), head(1));

    recent.forget(draft(1));
    assertEquals(Optional.empty(), recent.of(draft(1), EPOCH));
    assertEquals(Optional.of(head(1)), recent.of(draft(2), EPOCH));

    recent.invalidateAll();
    assertEquals(Optional.empty(), recent.of(draft(2), EPOCH));
    assertEquals(Optional.empty(), recent.of(draft(3), EPOCH));
  }

  @Test
  void of_too_many_drafts_the_least_recently_used_is_forgotten() {
    for (int i = 0; i < HeadCache.MAX; i++) {
      remember(draft(i), head(1));
    }
    recent.of(draft(0), EPOCH);

    remember(draft(HeadCache.MAX), head(1));

    assertEquals(Optional.of(head(1)), recent.of(draft(0), EPOCH));
    assertEquals(Optional.empty(), recent.of(draft(1), EPOCH));
    assertEquals(Optional.of(head(1)), recent.of(draft(2), EPOCH));
  }

  private void remember(DraftId draft, DraftHead head) {
    recent.remember(draft, EPOCH, head, recent.generation());
  }

  private static DraftId draft(int number) {
    return new DraftId("draft-" + number);
  }

  private static DraftHead head(long revision) {
    DraftSummary summary = DraftSummary.startedBy(event(1, CREATED));
    for (long next = 2; next <= revision; next++) {
      summary = summary.after(event(next, TITLED));
    }
    return new DraftHead(summary, null);
  }

  private static RecordedEvent event(long revision, DraftEvent event) {
    return new RecordedEvent(Cast.DRAFT, revision, event);
  }
}
