package dev.ringdraft.view;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.titled;
import static dev.ringdraft.testing.Events.viewer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A log that the rules never lead to is found, and so is what does not follow from its log. */
final class LogReplayTest {
  private static final Set<String> ANA_AND_BEN = Set.of("ana", "ben");

  private final List<LogFault> faults = new ArrayList<>();
  private final LogReplay replay = new LogReplay(DRAFT.value(), faults::add);

  private LogReplay added(DraftEvent... events) {
    for (DraftEvent event : events) {
      replay.add(new RecordedEvent(DRAFT, replay.revision() + 1, event));
    }
    return replay;
  }

  private static DraftSummary headOf(DraftEvent... events) {
    List<RecordedEvent> log = new ArrayList<>();
    for (DraftEvent event : events) {
      log.add(new RecordedEvent(DRAFT, log.size() + 1, event));
    }
    return DraftView.replay(log).summary();
  }

  private void mustFind(String... expected) {
    assertEquals(
        List.of(expected),
        faults.stream().map(fault -> fault.revision() + " " + fault.what()).toList());
    assertEquals(expected.length, replay.faults());
  }

  @Test
  void a_sound_draft_has_no_faults() {
    DraftEvent[] log = {
      created(), contributor(BEN), segment(ANA, 0), passed(ANA, BEN, 2), segment(BEN, 1)
    };
    added(log).end(headOf(log), null, ANA_AND_BEN);

    mustFind();
    assertEquals(5, replay.events());
    assertEquals(5, replay.revision());
  }

  @Test
  void a_missing_revision_is_named_and_so_is_each_further_one() {
    added(created());
    replay.add(new RecordedEvent(DRAFT, 3, titled("Dawn")));
    replay.add(new RecordedEvent(DRAFT, 4, segment(BEN, 9)));
    replay.add(new RecordedEvent(DRAFT, 7, titled("Noon")));

    mustFind("2 missing, 3 is the next one", "5 missing, 7 is the next one");
  }

  @Test
  void a_position_that_does_not_follow_is_found() {
    added(created(), segment(ANA, 0), segment(ANA, 2), segment(ANA, 3));

    mustFind("3 segment 2 by ana after 1 segments, the ring held by ana");
  }

  @Test
  void a_segment_of_another_than_the_holder_is_found() {
    added(created(), contributor(BEN), segment(BEN, 0));

    mustFind("3 segment 0 by ben after 0 segments, the ring held by ana");
  }

  @Test
  void a_pass_of_another_than_the_holder_or_of_another_term_is_found() {
    added(created(), contributor(BEN), passed(BEN, ANA, 2));

    mustFind("3 ana holds the ring already");
  }

  @Test
  void a_term_that_is_left_out_is_found() {
    added(created(), contributor(BEN), passed(ANA, BEN, 3));

    mustFind("3 term 3 passed on by ana after term 1 of ana");
  }

  @Test
  void a_holder_who_can_not_write_or_is_gone_is_found() {
    added(created(), viewer(BEN), passed(ANA, BEN, 2));

    mustFind("3 the ring is held by ben, who can't write");
  }

  @Test
  void a_holder_who_was_removed_is_found() {
    added(created(), contributor(BEN), passed(ANA, BEN, 2), removed(BEN));

    mustFind("4 the ring is held by ben, who can't write");
  }

  @Test
  void a_segment_in_a_completed_draft_is_found() {
    added(created(), became(DraftStatus.COMPLETED), segment(ANA, 0));

    mustFind("3 a segment while the draft was COMPLETED");
  }

  @Test
  void a_log_that_begins_otherwise_or_begins_again_is_found() {
    added(titled("Dawn"));

    mustFind("1 a history begins with draft_created at revision 1");
  }

  @Test
  void a_second_beginning_is_found() {
    added(created(), created());

    mustFind("2 draft_created came twice");
  }

  @Test
  void a_row_that_is_no_event_is_named_and_what_follows_is_not_judged() {
    added(created());
    replay.addUnreadable(2, "unknown type x");
    added(segment(BEN, 7));
    replay.end(headOf(created(), titled("a"), titled("b")), null, Set.of("ana"));

    mustFind("2 unknown type x");
  }

  @Test
  void each_part_of_the_head_is_compared_with_the_log() {
    added(created(), contributor(BEN), segment(ANA, 0));
    DraftSummary other = headOf(created(), contributor(BEN), became(BEN, Role.VIEWER));
    replay.end(other, NOW, ANA_AND_BEN);

    mustFind("0 head: not as the log says: collaborators, segment_count, times_out_at");
  }

  @Test
  void the_title_the_ring_and_the_turns_of_the_head_are_compared() {
    added(created(), contributor(BEN), titled("Dawn"), titled("Noon"));
    replay.end(
        headOf(created(), contributor(BEN), titled("Dusk"), passed(ANA, BEN, 2)),
        null,
        ANA_AND_BEN);

    mustFind("0 head: not as the log says: title, holder, term, holders_history, turns");
  }

  @Test
  void a_deadline_of_the_head_is_that_of_the_log() {
    TurnPolicy minute = new TurnPolicy(TurnOrder.MANUAL, 60, null, null);
    DraftEvent[] log = {created(minute), contributor(BEN)};
    @Nullable Instant due = headOf(log).draft().timesOutAt();
    Instant then = Objects.requireNonNull(due, "a deadline");
    added(log).end(headOf(log), then, ANA_AND_BEN);
    mustFind();

    replay.end(headOf(log), then.plus(Duration.ofMillis(1)), ANA_AND_BEN);
    mustFind("0 head: not as the log says: times_out_at");
  }

  @Test
  void a_head_at_another_revision_is_found() {
    added(created(), titled("Dawn")).end(headOf(created()), null, Set.of("ana"));

    mustFind("0 head: revision 1 (the log ends at 2)");
  }

  @Test
  void members_that_are_missing_and_members_too_many_are_named() {
    added(created(), contributor(BEN))
        .end(headOf(created(), contributor(BEN)), null, Set.of("ana", "zed"));

    mustFind("0 members: ben is missing", "0 members: zed is no member");
  }

  @Test
  void a_log_without_a_head_and_a_head_without_a_log_are_found() {
    added(created()).endWithoutHead(Set.of("ana"));

    mustFind("0 head: missing", "0 members: ana is no member");
  }

  @Test
  void a_head_without_a_log_is_found() {
    replay.end(headOf(created()), null, Set.of("ana"));

    mustFind("1 missing, the log is empty", "0 head: revision 1 (the log ends at 0)");
  }

  @Test
  void a_head_that_can_not_be_read_is_found() {
    added(created()).endUnreadable("turns that can't be read");

    mustFind("0 head: turns that can't be read");
  }

  @Test
  void a_fault_says_where_it_is() {
    assertEquals(
        "draft %s, revision 7: no".formatted(DRAFT),
        new LogFault(DRAFT.value(), 7, "no").toString());
    assertEquals(
        "draft %s: head: no".formatted(DRAFT),
        new LogFault(DRAFT.value(), 0, "head: no").toString());
  }
}
