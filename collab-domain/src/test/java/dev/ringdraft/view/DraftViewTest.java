package dev.ringdraft.view;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.TITLE;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.titled;
import static dev.ringdraft.testing.Events.viewer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.testing.Cast;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people see is folded from the events, and from nothing else. */
final class DraftViewTest {

  @Test
  void a_draft_begins_with_its_creator_its_title_and_no_text() {
    DraftSummary summary = summaryOf(created());

    assertEquals(
        new DraftSummary(
            DRAFT,
            ANA,
            TITLE,
            null,
            DraftStatus.ACTIVE,
            1,
            new RingState(new Ring(ANA, 1), List.of(ANA), NOW),
            Cast.FIRST_TURN,
            List.of(),
            0,
            NOW,
            NOW),
        summary);
  }

  @Test
  void every_event_is_the_last_activity() {
    DraftUpdated update = new DraftUpdated(ANA, later(5), DraftChange.title("Other"));

    DraftSummary summary = summaryOf(created(), update);

    assertEquals(later(5), summary.updatedAt());
    assertEquals(NOW, summary.createdAt());
    assertEquals(2, summary.revision());
  }

  @Test
  void title_and_status_change_each_by_itself() {
    DraftSummary titled = summaryOf(created(), titled("Other"));
    DraftSummary locked = summaryOf(created(), titled("Other"), became(DraftStatus.LOCKED));

    assertEquals("Other", titled.title());
    assertEquals(DraftStatus.ACTIVE, titled.status());
    assertEquals("Other", locked.title());
    assertEquals(DraftStatus.LOCKED, locked.status());
  }

  @Test
  void collaborators_come_and_go() {
    DraftSummary summary =
        summaryOf(created(), contributor(BEN), viewer(VERA), contributor(CLEO), removed(BEN));

    assertEquals(
        List.of(
            new Collaborator(VERA, Role.VIEWER, NOW),
            new Collaborator(CLEO, Role.CONTRIBUTOR, NOW)),
        summary.collaborators());
  }

  @Test
  void a_draft_is_visible_to_its_members_only() {
    DraftSummary summary =
        summaryOf(created(), contributor(BEN), viewer(VERA), contributor(CLEO), removed(CLEO));

    assertTrue(summary.isVisibleTo(ANA));
    assertTrue(summary.isVisibleTo(BEN));
    assertTrue(summary.isVisibleTo(VERA));
    assertFalse(summary.isVisibleTo(CLEO));
    assertFalse(summary.isVisibleTo(ZED));
  }

  @Test
  void the_text_is_in_the_order_of_positions() {
    SegmentAdded second = new SegmentAdded(new Segment(SEGMENT, BEN, "two", 1, later(1)));

    DraftView view =
        DraftView.replay(
            recorded(
                created(), contributor(BEN), segment(ANA, 0, "one"), passed(ANA, BEN, 2), second));

    assertEquals(
        List.of(new Segment(SEGMENT, ANA, "one", 0, NOW), second.segment()), view.segments());
    assertEquals(2, view.summary().segmentCount());
    assertEquals(new Ring(BEN, 2), view.summary().ring().ring());
  }

  @Test
  void a_view_begins_at_the_beginning() {
    RecordedEvent late = new RecordedEvent(DRAFT, 2, created());

    assertEquals("a history begins with draft_created", corrupt(() -> DraftView.replay(List.of())));
    assertEquals(
        "a history begins with draft_created at revision 1",
        corrupt(() -> DraftView.replay(recorded(segment(ANA, 0)))));
    assertEquals(
        "a history begins with draft_created at revision 1",
        corrupt(() -> DraftView.replay(List.of(late))));
  }

  @Test
  void a_view_takes_no_revision_twice_and_leaves_none_out() {
    DraftSummary summary = summaryOf(created(), contributor(BEN));

    assertEquals(
        "revision 2 after 2",
        corrupt(() -> summary.after(new RecordedEvent(DRAFT, 2, titled("Other")))));
    assertEquals(
        "revision 4 after 2",
        corrupt(() -> summary.after(new RecordedEvent(DRAFT, 4, titled("Other")))));
    assertEquals(
        "draft_created came twice",
        corrupt(() -> summary.after(new RecordedEvent(DRAFT, 3, created()))));
  }

  @Test
  void a_view_has_as_many_segments_as_its_summary_counts() {
    DraftSummary summary = summaryOf(created(), segment(ANA, 0));

    assertEquals("0 segments (expected: 1)", corrupt(() -> new DraftView(summary, List.of())));
  }

  private static DraftSummary summaryOf(DraftEvent... events) {
    return DraftView.replay(recorded(events)).summary();
  }

  private static List<RecordedEvent> recorded(DraftEvent... events) {
    List<RecordedEvent> recorded = new ArrayList<>();
    for (DraftEvent event : events) {
      recorded.add(new RecordedEvent(DRAFT, recorded.size() + 1L, event));
    }
    return recorded;
  }

  private static String corrupt(Runnable fold) {
    return String.valueOf(assertThrows(CorruptHistoryException.class, fold::run).getMessage());
  }
}
