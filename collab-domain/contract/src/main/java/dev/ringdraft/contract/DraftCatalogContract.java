package dev.ringdraft.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import dev.ringdraft.view.Collaborator;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftCursor;
import dev.ringdraft.view.DraftPage;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import dev.ringdraft.view.RingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link DraftCatalog} promises, as tests. Extend it and give it a catalog and the store
 * that it reads from. One store may serve all tests, and keep what they leave behind: each works on
 * drafts and users that nobody has used before.
 */
public abstract class DraftCatalogContract {
  private final UserId ana = DraftFixture.freshUser("ana");
  private final UserId ben = DraftFixture.freshUser("ben");
  private final UserId cleo = DraftFixture.freshUser("cleo");
  private final UserId vera = DraftFixture.freshUser("vera");
  private final UserId zed = DraftFixture.freshUser("zed");

  /** Where the tests commit. */
  protected abstract DraftEventStore store();

  /** The catalog to be judged; it reads what {@link #store()} commits. */
  protected abstract DraftCatalog catalog();

  // Views and summaries.

  @Test
  void a_draft_that_does_not_exist_is_not_in_the_catalog() {
    DraftId nowhere = DraftFixture.freshId();

    assertTrue(catalog().view(nowhere).isEmpty());
    assertTrue(catalog().summary(nowhere).isEmpty());
  }

  @Test
  void a_draft_is_shown_to_its_members_and_to_nobody_else() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR), draft.added(vera, Role.VIEWER));
    for (UserId member : List.of(ana, ben, vera)) {
      assertIsShownTo(member, draft.id());
    }
    assertIsHiddenFrom(zed, draft.id());
    draft.commit(draft.removed(ben));
    assertIsHiddenFrom(ben, draft.id());
    assertIsHiddenFrom(ana, DraftFixture.freshId());
  }

  private void assertIsShownTo(UserId reader, DraftId draft) {
    assertEquals(catalog().view(draft), catalog().view(draft, reader));
    assertEquals(catalog().summary(draft), catalog().summary(draft, reader));
    assertEquals(draft, summary(draft).id());
  }

  private void assertIsHiddenFrom(UserId reader, DraftId draft) {
    assertEquals(Optional.empty(), catalog().view(draft, reader));
    assertEquals(Optional.empty(), catalog().summary(draft, reader));
  }

  @Test
  void the_view_follows_each_commit_at_once() {
    DraftFixture draft = begun();
    assertIsInCatalog(draft);
    draft.at(Cast.later(1)).commit(draft.added(ben, Role.CONTRIBUTOR));
    assertIsInCatalog(draft);
    draft.at(Cast.later(2)).commit(draft.added(vera, Role.VIEWER), draft.segment("by ana"));
    assertIsInCatalog(draft);
    draft.at(Cast.later(3)).commit(draft.pass(ben));
    assertIsInCatalog(draft);
    draft.at(Cast.later(4)).commit(draft.segment("by ben"), draft.updated("New title", null));
    assertIsInCatalog(draft);
    draft.at(Cast.later(5)).commit(draft.updated(null, DraftStatus.LOCKED));
    assertIsInCatalog(draft);
    draft.at(Cast.later(6)).commit(draft.pass(ana, PassReason.RETURNED), draft.removed(ben));
    assertIsInCatalog(draft);
    draft.at(Cast.later(7)).commit(draft.updated("The end", DraftStatus.COMPLETED));
    assertIsInCatalog(draft);
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(Platform.class)
  void a_view_tells_how_the_draft_was_created(@Nullable Platform platform) {
    DraftFixture draft = draft();
    draft.commit(new DraftCreated(ana, Cast.later(3), "A title", platform, null));

    DraftSummary summary = summary(draft.id());

    assertEquals(draft.id(), summary.id());
    assertEquals(ana, summary.creator());
    assertEquals("A title", summary.title());
    assertEquals(platform, summary.platform());
    assertEquals(DraftStatus.ACTIVE, summary.status());
    assertEquals(Cast.later(3), summary.createdAt());
    assertEquals(Cast.later(3), summary.updatedAt());
    assertEquals(Cast.later(3), summary.ring().passedAt());
    assertIsInCatalog(draft);
  }

  @Test
  void a_view_holds_every_segment_in_the_order_of_positions() {
    DraftFixture draft = begun();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      draft.commit(draft.segment("segment " + i));
      written.add("segment " + i);
    }

    DraftView view = catalog().view(draft.id()).orElseThrow();

    assertEquals(written, view.segments().stream().map(Segment::content).toList());
    assertEquals(25, view.summary().segmentCount());
    assertIsInCatalog(draft);
  }

  @Test
  void a_view_gives_back_texts_character_by_character() {
    String text = "\u202e\"q\" \\u0000 \\ \u0001\u001f\u007f\r\n\t \u2028 e\u0301 \ud83e\udd91 ";
    DraftFixture draft = draft();
    draft.commit(new DraftCreated(ana, Cast.NOW, text, null, null));
    draft.commit(draft.segment(text), draft.updated(text + "!", null));

    assertIsInCatalog(draft);
  }

  @Test
  void collaborators_are_listed_as_they_joined_with_the_time_of_their_last_joining() {
    DraftFixture draft = begun();
    draft.at(Cast.later(1)).commit(draft.added(cleo, Role.CONTRIBUTOR));
    draft.at(Cast.later(2)).commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.at(Cast.later(3)).commit(draft.added(vera, Role.VIEWER));
    draft.at(Cast.later(4)).commit(draft.removed(cleo));
    draft.at(Cast.later(5)).commit(draft.added(cleo, Role.VIEWER));

    assertEquals(
        List.of(
            new Collaborator(ben, Role.CONTRIBUTOR, Cast.later(2)),
            new Collaborator(vera, Role.VIEWER, Cast.later(3)),
            new Collaborator(cleo, Role.VIEWER, Cast.later(5))),
        summary(draft.id()).collaborators());
    assertIsInCatalog(draft);
  }

  @Test
  void those_who_are_added_in_one_instant_are_listed_as_they_were_added() {
    DraftFixture draft = begun();
    List<UserId> inOrder = new ArrayList<>();
    for (String name : List.of("m", "z", "a", "Z", "0")) {
      inOrder.add(DraftFixture.freshUser(name));
    }
    draft.commit(
        inOrder.stream()
            .map(user -> draft.added(user, Role.CONTRIBUTOR))
            .toArray(DraftEvent[]::new));

    assertEquals(
        inOrder, summary(draft.id()).collaborators().stream().map(Collaborator::user).toList());
  }

  @Test
  void the_ring_tells_its_holders_oldest_first() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.added(cleo, Role.CONTRIBUTOR));
    draft.commit(draft.pass(ben));
    draft.commit(draft.pass(cleo));
    draft.at(Cast.later(9)).commit(draft.pass(ben));
    draft.at(Cast.later(10)).commit(draft.segment("by ben"));

    RingState ring = summary(draft.id()).ring();

    assertEquals(List.of(ana, ben, cleo, ben), ring.holdersHistory());
    assertEquals(draft.draft().ring(), ring.ring());
    assertEquals(Cast.later(9), ring.passedAt());
  }

  @Test
  void of_many_holders_the_last_50_are_told() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    for (int pass = 1; pass <= 49; pass++) {
      draft.commit(draft.pass(pass % 2 == 1 ? ben : ana));
    }
    assertEquals(50, summary(draft.id()).ring().holdersHistory().size());
    assertEquals(ana, summary(draft.id()).ring().holdersHistory().getFirst());

    draft.commit(draft.pass(ana));

    assertEquals(50, summary(draft.id()).ring().holdersHistory().size());
    assertEquals(ben, summary(draft.id()).ring().holdersHistory().getFirst());
    assertEquals(51, summary(draft.id()).ring().ring().term());
    for (int pass = 51; pass <= 60; pass++) {
      draft.commit(draft.pass(pass % 2 == 1 ? ben : ana));
    }
    assertIsInCatalog(draft);
  }

  @Test
  void the_last_event_dates_a_draft_even_when_an_earlier_one_was_later() {
    DraftFixture draft = draft();
    draft.at(Cast.later(10)).commit(draft.created());
    draft.at(Cast.later(5)).commit(draft.segment("by a clock that was slow"));

    assertEquals(Cast.later(5), summary(draft.id()).updatedAt());
    assertIsInCatalog(draft);
  }

  @Test
  void a_commit_that_was_refused_leaves_no_trace() {
    DraftFixture draft = begun();
    Commit late = draft.next(draft.added(ben, Role.VIEWER), draft.segment("late"));
    draft.commit(draft.segment("first"));
    assertEquals(new RevisionConflict(), store().append(late));

    assertIsInCatalog(draft);
    assertEquals(List.of(), listed(ben));
  }

  @Test
  void a_view_read_during_a_commit_is_of_one_revision() {
    DraftFixture draft = begun();
    AtomicBoolean written = new AtomicBoolean();

    Concurrently.atOnce(
        3,
        i -> {
          if (i == 0) {
            writePairs(draft, written);
          } else {
            readWhile(draft.id(), written);
          }
          return i;
        });

    assertIsInCatalog(draft);
  }

  private void writePairs(DraftFixture draft, AtomicBoolean written) {
    try {
      for (int n = 1; n <= 30; n++) {
        draft.commit(draft.segment("words"), draft.updated("Title " + n, null));
      }
    } finally {
      written.set(true);
    }
  }

  private void readWhile(DraftId draft, AtomicBoolean written) {
    boolean last = false;
    while (!last) {
      last = written.get();
      DraftView view = catalog().view(draft).orElseThrow();
      long pairs = view.summary().revision() / 2;
      assertEquals(1, view.summary().revision() % 2, "half a commit was read");
      assertEquals(pairs, view.segments().size(), "text and revision differ");
      assertEquals(
          pairs == 0 ? Cast.TITLE : "Title " + pairs,
          view.summary().title(),
          "title and revision differ");
    }
  }

  // Listing a member's drafts.

  @Test
  void a_user_of_no_draft_has_an_empty_list() {
    begun();

    assertEquals(new DraftPage(List.of(), null), catalog().draftsOf(zed, null, 10));
  }

  @Test
  void the_list_shows_summaries() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR), draft.segment("words"));

    assertEquals(
        new DraftPage(List.of(DraftView.replay(draft.events()).summary()), null),
        catalog().draftsOf(ana, null, 10));
  }

  @Test
  void every_member_sees_the_draft_in_the_list_and_nobody_else_does() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.added(vera, Role.VIEWER));

    assertEquals(List.of(draft.id()), listed(ana));
    assertEquals(List.of(draft.id()), listed(ben));
    assertEquals(List.of(draft.id()), listed(vera));
    assertEquals(List.of(), listed(zed));
  }

  @Test
  void whoever_is_added_sees_the_draft_at_once() {
    DraftFixture draft = begun();
    assertEquals(List.of(), listed(ben));

    draft.commit(draft.added(ben, Role.VIEWER));

    assertEquals(List.of(draft.id()), listed(ben));
  }

  @Test
  void whoever_is_removed_does_not_see_the_draft_any_more() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));

    draft.commit(draft.removed(ben));

    assertEquals(List.of(), listed(ben));
    assertEquals(List.of(draft.id()), listed(ana));
  }

  @Test
  void a_holder_who_leaves_does_not_see_the_draft_any_more() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.pass(ben));

    draft.commit(draft.pass(ana, PassReason.RETURNED), draft.removed(ben));

    assertEquals(List.of(), listed(ben));
    assertIsInCatalog(draft);
  }

  @Test
  void whoever_is_added_again_sees_the_draft_again() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.removed(ben));

    draft.commit(draft.added(ben, Role.VIEWER));

    assertEquals(List.of(draft.id()), listed(ben));
  }

  @Test
  void the_list_holds_created_and_joined_drafts_alike() {
    DraftFixture own = begunAt(Cast.later(1));
    DraftFixture joined =
        DraftFixture.of(store(), DraftFixture.freshId(), ben).at(Cast.later(2)).begun();
    joined.commit(joined.added(ana, Role.VIEWER));

    assertEquals(List.of(joined.id(), own.id()), listed(ana));
  }

  @Test
  void the_draft_with_the_newest_activity_comes_first() {
    DraftFixture first = begunAt(Cast.later(1));
    DraftFixture second = begunAt(Cast.later(2));
    DraftFixture third = begunAt(Cast.later(3));
    assertEquals(List.of(third.id(), second.id(), first.id()), listed(ana));

    first.at(Cast.later(4)).commit(first.segment("words"));
    assertEquals(List.of(first.id(), third.id(), second.id()), listed(ana));

    second.at(Cast.later(5)).commit(second.updated("New title", null));
    assertEquals(List.of(second.id(), first.id(), third.id()), listed(ana));
  }

  @Test
  void drafts_a_millisecond_apart_are_listed_in_order() {
    DraftFixture earlier = begunAt(Cast.NOW);
    DraftFixture later = begunAt(Cast.NOW.plusMillis(1));
    DraftFixture earliest = begunAt(Cast.NOW.minusMillis(1));

    assertEquals(List.of(later.id(), earlier.id(), earliest.id()), listed(ana));
  }

  @Test
  void drafts_of_one_instant_are_listed_by_id_character_by_character() {
    String unique = DraftFixture.freshId().value();
    List<DraftId> byCharacter = new ArrayList<>();
    for (String end : List.of("-", "--a", "-B", "-a", "0", "B", "Bb", "_", "a", "aB", "b")) {
      byCharacter.add(new DraftId(unique + end));
    }
    List<DraftId> shuffled = new ArrayList<>(byCharacter.reversed());
    shuffled.add(shuffled.remove(3));
    for (DraftId id : shuffled) {
      DraftFixture.of(store(), id, ana).begun();
    }

    assertEquals(byCharacter, listed(ana));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 11, 12, 13, 100})
  void pages_together_are_the_whole_list(int limit) {
    for (int i = 0; i < 12; i++) {
      begunAt(Cast.later(i / 4));
    }
    List<DraftId> whole = listed(ana);

    List<DraftId> paged = new ArrayList<>();
    int pages = 0;
    DraftCursor cursor = null;
    do {
      DraftPage page = catalog().draftsOf(ana, cursor, limit);
      assertTrue(page.drafts().size() <= limit, "a page is longer than its limit");
      paged.addAll(ids(page));
      pages++;
      cursor = page.next();
    } while (cursor != null && pages < 20);

    assertEquals(12, new HashSet<>(whole).size());
    assertEquals(whole, paged);
    assertEquals((12 + limit - 1) / limit, pages, "pages until there is no next");
  }

  @Test
  void a_cursor_stays_good_when_its_draft_has_moved() {
    DraftFixture old = begunAt(Cast.later(1));
    DraftFixture middle = begunAt(Cast.later(2));
    DraftFixture newest = begunAt(Cast.later(3));
    DraftPage first = catalog().draftsOf(ana, null, 2);
    assertEquals(List.of(newest.id(), middle.id()), ids(first));

    middle.at(Cast.later(4)).commit(middle.segment("words"));

    assertNotNull(first.next());
    assertEquals(List.of(old.id()), ids(catalog().draftsOf(ana, first.next(), 2)));
  }

  @Test
  void a_cursor_leads_on_within_the_members_own_drafts_only() {
    DraftFixture first = begunAt(Cast.later(2));
    DraftFixture foreign =
        DraftFixture.of(store(), DraftFixture.freshId(), zed).at(Cast.later(1)).begun();
    DraftPage page = catalog().draftsOf(ana, new DraftCursor(Cast.later(3), first.id()), 10);

    assertEquals(List.of(first.id()), ids(page));
    assertNull(page.next());
    assertEquals(List.of(foreign.id()), listed(zed));
  }

  private DraftFixture draft() {
    return DraftFixture.of(store(), DraftFixture.freshId(), ana);
  }

  private DraftFixture begun() {
    return draft().begun();
  }

  private DraftFixture begunAt(Instant at) {
    return draft().at(at).begun();
  }

  private DraftSummary summary(DraftId draft) {
    return catalog().summary(draft).orElseThrow();
  }

  private List<DraftId> listed(UserId member) {
    return ids(catalog().draftsOf(member, null, 100));
  }

  private static List<DraftId> ids(DraftPage page) {
    return page.drafts().stream().map(DraftSummary::id).toList();
  }

  private void assertIsInCatalog(DraftFixture draft) {
    DraftView expected = DraftView.replay(draft.events());
    assertEquals(expected, catalog().view(draft.id()).orElseThrow());
    assertEquals(expected.summary(), summary(draft.id()));
  }
}
