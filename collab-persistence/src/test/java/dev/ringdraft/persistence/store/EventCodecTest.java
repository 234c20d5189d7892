package dev.ringdraft.persistence.store;

import static dev.ringdraft.member.UserId.TIMER;
import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.later;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.persistence.store.EventCodec.StoredEvent;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of the table, byte for byte: a change here is a new version. */
class EventCodecTest {
  static Stream<Arguments> formats() {
    return Stream.concat(formatsUntilVersion2(), formatsSinceVersion3());
  }

  static Stream<Arguments> formatsSinceVersion3() {
    TurnPolicy policy = new TurnPolicy(TurnOrder.REQUESTS_FIRST, 60, 3, 1);
    return Stream.of(
        Arguments.of(
            new DraftCreated(ANA, NOW, "Title", null, policy),
            "draft_created",
            "{'title':'Title','turn_policy':{'order':'requests_first','max_seconds':60,"
                + "'max_segments':3,'away_after_missed':1}}"),
        Arguments.of(
            new DraftUpdated(
                ANA,
                NOW,
                DraftChange.turnPolicy(new TurnPolicy(TurnOrder.ROUND_ROBIN, null, null, null))),
            "draft_updated",
            "{'turn_policy':{'order':'round_robin'}}"),
        Arguments.of(
            new RingPassed(TIMER, NOW, ANA, BEN, 2, PassReason.TIMED_OUT, later(1)),
            "ring_passed",
            "{'from_user_id':'ana','to_user_id':'ben','term':2,'reason':'timed_out',"
                + "'turn_ends_at':'2026-11-23T12:01:00.123Z'}"),
        Arguments.of(
            new RingPassed(ANA, NOW, BEN, ANA, 3, PassReason.REVOKED, null),
            "ring_passed",
            "{'from_user_id':'ben','to_user_id':'ana','term':3,'reason':'revoked'}"),
        Arguments.of(
            new RingPassed(ANA, NOW, ANA, BEN, 4, PassReason.TURN_COMPLETE, null),
            "ring_passed",
            "{'from_user_id':'ana','to_user_id':'ben','term':4,'reason':'turn_complete'}"),
        Arguments.of(new RingRequested(BEN, NOW), "ring_requested", "{}"),
        Arguments.of(
            new RingRequestRemoved(BEN, NOW, BEN, RequestEnd.WITHDRAWN),
            "ring_request_removed",
            "{'user_id':'ben','reason':'withdrawn'}"),
        Arguments.of(
            new RingRequestRemoved(ANA, NOW, BEN, RequestEnd.DECLINED),
            "ring_request_removed",
            "{'user_id':'ben','reason':'declined'}"),
        Arguments.of(
            new CollaboratorUpdated(
                ANA, NOW, BEN, new MemberChange(Role.VIEWER, false), UpdateReason.CREATOR),
            "collaborator_updated",
            "{'collaborator_id':'ben','role':'viewer','away':false,'reason':'creator'}"),
        Arguments.of(
            new CollaboratorUpdated(BEN, NOW, BEN, MemberChange.away(true), UpdateReason.SELF),
            "collaborator_updated",
            "{'collaborator_id':'ben','away':true,'reason':'self'}"),
        Arguments.of(
            new CollaboratorUpdated(
                TIMER, NOW, BEN, MemberChange.away(true), UpdateReason.MISSED_TURNS),
            "collaborator_updated",
            "{'collaborator_id':'ben','away':true,'reason':'missed_turns'}"),
        Arguments.of(
            new CollaboratorUpdated(
                BEN, NOW, BEN, MemberChange.away(false), UpdateReason.ACTIVE_AGAIN),
            "collaborator_updated",
            "{'collaborator_id':'ben','away':false,'reason':'active_again'}"));
  }

  static Stream<Arguments> formatsUntilVersion2() {
    return Stream.of(
        Arguments.of(
            new DraftCreated(ANA, NOW, "Title", Platform.INSTAGRAM, null),
            "draft_created",
            "{'title':'Title','platform':'instagram'}"),
        Arguments.of(
            new DraftCreated(ANA, NOW, "Title", null, null), "draft_created", "{'title':'Title'}"),
        Arguments.of(
            new SegmentAdded(new Segment(SEGMENT, ANA, "So they wrote", 3, NOW)),
            "segment_added",
            "{'segment_id':'%s','content':'So they wrote','position':3}".formatted(SEGMENT)),
        Arguments.of(
            new RingPassed(ANA, NOW, ANA, BEN, 2, PassReason.PASSED, null),
            "ring_passed",
            "{'from_user_id':'ana','to_user_id':'ben','term':2,'reason':'passed'}"),
        Arguments.of(
            new RingPassed(BEN, NOW, BEN, ANA, 3, PassReason.RETURNED, null),
            "ring_passed",
            "{'from_user_id':'ben','to_user_id':'ana','term':3,'reason':'returned'}"),
        Arguments.of(
            new CollaboratorAdded(ANA, NOW, BEN, Role.CONTRIBUTOR),
            "collaborator_added",
            "{'collaborator_id':'ben','role':'contributor'}"),
        Arguments.of(
            new CollaboratorAdded(ANA, NOW, BEN, Role.VIEWER),
            "collaborator_added",
            "{'collaborator_id':'ben','role':'viewer'}"),
        Arguments.of(
            new CollaboratorRemoved(ANA, NOW, BEN),
            "collaborator_removed",
            "{'collaborator_id':'ben'}"),
        Arguments.of(
            new DraftUpdated(ANA, NOW, DraftChange.title("Other")),
            "draft_updated",
            "{'title':'Other'}"),
        Arguments.of(
            new DraftUpdated(ANA, NOW, DraftChange.status(DraftStatus.LOCKED)),
            "draft_updated",
            "{'status':'locked'}"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_event_is_written_in_version_3_and_read_back(DraftEvent event, String type, String data) {
    StoredEvent stored = EventCodec.write(event);

    assertEquals(
        new StoredEvent((short) 3, type, event.actor().value(), NOW, data.replace('\'', '"')),
        stored);
    assertEquals(new RecordedEvent(DRAFT, 7, event), EventCodec.read(DRAFT, 7, stored));
  }

  @ParameterizedTest
  @MethodSource("formatsUntilVersion2")
  void an_event_of_version_2_is_read(DraftEvent event, String type, String data) {
    StoredEvent old =
        new StoredEvent((short) 2, type, event.actor().value(), NOW, data.replace('\'', '"'));

    assertEquals(new RecordedEvent(DRAFT, 7, event), EventCodec.read(DRAFT, 7, old));
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 4})
  void an_event_of_another_version_is_refused(short version) {
    StoredEvent other = new StoredEvent(version, "ring_requested", "ben", NOW, "{}");

    assertThrows(CorruptHistoryException.class, () -> EventCodec.read(DRAFT, 7, other));
  }

  @ParameterizedTest
  @MethodSource("formatsUntilVersion2")
  void an_event_of_version_1_is_read(DraftEvent event, String type, String data) {
    StoredEvent old =
        new StoredEvent(
            (short) 1, "collab." + type, event.actor().value(), NOW, data.replace('\'', '"'));

    assertEquals(new RecordedEvent(DRAFT, 7, event), EventCodec.read(DRAFT, 7, old));
  }

  @Test
  void an_event_of_a_row_with_microseconds_is_read_without_them() {
    StoredEvent fine =
        new StoredEvent(
            (short) 1,
            "collab.collaborator_removed",
            "ana",
            NOW.plus(456, ChronoUnit.MICROS),
            "{\"collaborator_id\":\"ben\"}");

    assertEquals(
        new RecordedEvent(DRAFT, 7, new CollaboratorRemoved(ANA, NOW, BEN)),
        EventCodec.read(DRAFT, 7, fine));
  }
}
