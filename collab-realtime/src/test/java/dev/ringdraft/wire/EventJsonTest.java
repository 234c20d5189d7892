package dev.ringdraft.wire;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.TITLE;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.returned;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.titled;
import static dev.ringdraft.testing.Events.viewer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import org.junit.jupiter.api.Test;

final class EventJsonTest {

  @Test
  void the_envelope_holds_type_draft_revision_time_and_actor() {
    assertEquals(
        "{\"type\":\"collab.collaborator_removed\","
            + "\"draft_id\":\"0197f3a0-0000-7000-8000-000000000001\",\"revision\":7,"
            + "\"ts\":\"2026-11-23T12:00:00.123Z\",\"user_id\":\"ben\","
            + "\"data\":{\"collaborator_id\":\"ben\"}}",
        EventJson.of(new RecordedEvent(DRAFT, 7, left(BEN))));
  }

  @Test
  void every_type_has_its_name() {
    assertEquals("collab.draft_created", EventJson.type(created()));
    assertEquals("collab.segment_added", EventJson.type(segment(ANA, 0)));
    assertEquals("collab.ring_passed", EventJson.type(passed(ANA, BEN, 2)));
    assertEquals("collab.collaborator_added", EventJson.type(contributor(BEN)));
    assertEquals("collab.collaborator_removed", EventJson.type(left(BEN)));
    assertEquals("collab.draft_updated", EventJson.type(titled("Other")));
  }

  @Test
  void a_draft_without_a_platform_says_so() {
    assertEquals(
        "{\"title\":\"The lighthouse\",\"platform\":null,\"creator_id\":\"ana\","
            + "\"created_at\":\"2026-11-23T12:00:00.123Z\"}",
        EventJson.data(created()));
  }

  @Test
  void a_segment_is_written_with_its_text_escaped() {
    assertEquals(
        "{\"segment_id\":\"0197f3a0-0000-7000-8000-000000000002\",\"content\":\"\\\"a\\\\\\n\","
            + "\"author_user_id\":\"ben\",\"position\":3,"
            + "\"created_at\":\"2026-11-23T12:00:00.123Z\"}",
        EventJson.data(segment(BEN, 3, "\"a\\\n")));
  }

  @Test
  void a_pass_tells_why() {
    assertEquals(
        "{\"from_user_id\":\"ana\",\"to_user_id\":\"ben\",\"term\":2,\"reason\":\"passed\","
            + "\"turn_ends_at\":null}",
        EventJson.data(passed(ANA, BEN, 2)));
    assertEquals(
        "{\"from_user_id\":\"ben\",\"to_user_id\":\"ana\",\"term\":3,\"reason\":\"returned\","
            + "\"turn_ends_at\":null}",
        EventJson.data(returned(BEN, BEN, 3)));
  }

  @Test
  void a_pass_tells_when_the_turn_that_begins_times_out() {
    assertEquals(
        "{\"from_user_id\":\"ana\",\"to_user_id\":\"ben\",\"term\":2,\"reason\":\"timed_out\","
            + "\"turn_ends_at\":\"2026-11-23T13:00:00.123Z\"}",
        EventJson.data(
            new RingPassed(UserId.TIMER, NOW, ANA, BEN, 2, PassReason.TIMED_OUT, later(60))));
  }

  @Test
  void a_policy_is_written_whole_where_one_was_given() {
    TurnPolicy policy =
        TurnPolicy.defaults().in(TurnOrder.ROUND_ROBIN).ofSegments(3).awayAfter(null);
    String written =
        "\"turn_policy\":{\"order\":\"round_robin\",\"max_seconds\":null,\"max_segments\":3,"
            + "\"away_after_missed\":null}}";

    assertEquals(
        "{" + written, EventJson.data(new DraftUpdated(ANA, NOW, DraftChange.turnPolicy(policy))));
    assertEquals(
        "{\"title\":\"The lighthouse\",\"platform\":null,\"creator_id\":\"ana\","
            + "\"created_at\":\"2026-11-23T12:00:00.123Z\","
            + written,
        EventJson.data(new DraftCreated(ANA, NOW, TITLE, null, policy)));
  }

  @Test
  void an_update_of_a_member_holds_only_what_was_set() {
    assertEquals(
        "{\"collaborator_id\":\"ben\",\"away\":true,\"reason\":\"missed_turns\"}",
        EventJson.data(
            new CollaboratorUpdated(
                UserId.TIMER, NOW, BEN, MemberChange.away(true), UpdateReason.MISSED_TURNS)));
  }

  @Test
  void a_new_collaborator_is_written_with_the_role() {
    assertEquals(
        "{\"collaborator_id\":\"vera\",\"role\":\"viewer\","
            + "\"joined_at\":\"2026-11-23T12:00:00.123Z\"}",
        EventJson.data(viewer(VERA)));
  }

  @Test
  void an_update_holds_only_what_was_set() {
    assertEquals("{\"title\":\"Other\"}", EventJson.data(titled("Other")));
    assertEquals("{\"status\":\"completed\"}", EventJson.data(became(DraftStatus.COMPLETED)));
    assertEquals(
        "{\"title\":\"Other\",\"status\":\"active\"}",
        EventJson.data(
            new DraftUpdated(ANA, NOW, new DraftChange("Other", DraftStatus.ACTIVE, null))));
  }
}
