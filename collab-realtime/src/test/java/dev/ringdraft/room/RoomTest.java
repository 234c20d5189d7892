package dev.ringdraft.room;

import static dev.ringdraft.room.RoomFixture.ANA;
import static dev.ringdraft.room.RoomFixture.BEN;
import static dev.ringdraft.room.RoomFixture.ZED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.room.RoomFixture.Line;
import dev.ringdraft.room.RoomFixture.TestSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final RoomFixture fixture = new RoomFixture(RoomFixture.narrow());

  private void flush(TestSubscriber subscriber) {
    do {
      fixture.settle();
      subscriber.line().written();
      fixture.settle();
    } while (subscriber.line().isWriting());
  }

  @Test
  void the_committing_thread_writes_to_nobody() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.settle();
    fixture.append();
    fixture.deliver();
    assertEquals(List.of(), ben.line().revisions);
    fixture.settle();
    assertEquals(List.of(3L), ben.line().revisions);
  }

  @Test
  void an_event_is_encoded_once_for_all_and_its_bytes_are_shared() {
    List<TestSubscriber> crowd = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      crowd.add(fixture.join(BEN, null));
    }
    fixture.settle();
    fixture.append();
    fixture.deliver();
    fixture.settle();
    assertEquals(1, fixture.encoded());
    Delivery shared = crowd.getFirst().line().last();
    crowd.forEach(subscriber -> assertSame(shared, subscriber.line().last()));
  }

  @Test
  void a_viewer_has_one_write_open_at_most_and_then_gets_what_gathered() {
    TestSubscriber ben = fixture.join(BEN, null);
    for (int i = 0; i < 3; i++) {
      fixture.append();
      fixture.deliver();
      fixture.settle();
    }
    assertEquals(List.of(3L), ben.line().revisions);
    ben.line().written();
    assertEquals(List.of(3L, 4L, 5L), ben.line().revisions);
  }

  @Test
  void a_viewer_behind_the_window_goes_on_from_the_log() {
    TestSubscriber ben = fixture.join(BEN, 0L);
    for (int i = 0; i < 20; i++) {
      fixture.append();
      fixture.deliver();
      fixture.settle();
    }
    flush(ben);
    assertEquals(run(1, 22), ben.line().revisions);
  }

  @Test
  void a_commit_that_nobody_told_of_is_found_at_the_next_tick() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.settle();
    fixture.append();
    fixture.untold.clear();
    fixture.hub.tick();
    flush(ben);
    assertEquals(List.of(3L), ben.line().revisions);
  }

  @Test
  void news_that_come_twice_or_late_are_told_once_and_in_order() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.settle();
    fixture.append();
    fixture.append();
    List<List<RecordedEvent>> news = List.copyOf(fixture.untold);
    fixture.hub.committed(news.get(1));
    fixture.settle();
    fixture.hub.committed(news.get(0));
    fixture.hub.committed(news.get(1));
    flush(ben);
    assertEquals(List.of(3L, 4L), ben.line().revisions);
  }

  @Test
  void what_is_committed_between_being_let_in_and_sitting_down_is_not_missed() {
    TestSubscriber ben = fixture.admit(BEN, null);
    fixture.append();
    fixture.deliver();
    fixture.settle();
    ben.viewer().start();
    flush(ben);
    assertEquals(List.of(3L), ben.line().revisions);
  }

  @Test
  void who_is_removed_between_being_let_in_and_sitting_down_is_sent_away() {
    TestSubscriber ben = fixture.admit(BEN, null);
    fixture.handle(new RemoveCollaborator(ANA, Instant.EPOCH, BEN));
    fixture.deliver();
    fixture.settle();
    ben.viewer().start();
    assertEquals(CloseCode.FORBIDDEN, ben.line().closed);
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void who_is_let_in_while_their_removal_is_not_read_yet_is_sent_away() {
    fixture.join(ANA, null);
    fixture.settle();
    fixture.handle(new RemoveCollaborator(ANA, Instant.EPOCH, BEN));
    fixture.deliver();
    TestSubscriber ben = fixture.admit(BEN, null);
    fixture.settle();
    ben.viewer().start();
    assertEquals(CloseCode.FORBIDDEN, ben.line().closed);
  }

  @Test
  void what_was_committed_here_counts_before_the_room_has_told_it() {
    fixture.join(ANA, null);
    fixture.settle();
    fixture.append();
    fixture.deliver();
    Subscription ben = fixture.hub.admit(fixture.draft, BEN, 0).orElseThrow();
    assertEquals(3, ben.version().revision());
    ben.release();
  }

  @Test
  void who_was_removed_longer_ago_than_the_window_reaches_is_sent_away() {
    TestSubscriber ben = fixture.admit(BEN, null);
    fixture.handle(new RemoveCollaborator(ANA, Instant.EPOCH, BEN));
    for (int i = 0; i < 9; i++) {
      fixture.append();
    }
    fixture.deliver();
    fixture.settle();
    ben.viewer().start();
    assertEquals(CloseCode.FORBIDDEN, ben.line().closed);
  }

  @Test
  void a_stranger_does_not_get_in_and_leaves_no_room_open() {
    assertTrue(fixture.hub.admit(fixture.draft, ZED, 0).isEmpty());
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void a_member_of_an_open_room_gets_in_without_a_look_at_the_store() {
    RoomFixture watched = new RoomFixture(RoomFixture.keepingRooms());
    watched.join(BEN, null).viewer().end();
    watched.settle();
    long reads = watched.reads();
    assertTrue(watched.hub.admit(watched.draft, ANA, 2).isPresent());
    assertEquals(reads, watched.reads());
  }

  @Test
  void a_stranger_costs_one_look_at_the_store_whether_the_draft_is_watched_is_there_or_not() {
    RoomFixture watched = new RoomFixture(RoomFixture.keepingRooms());
    watched.join(BEN, null);
    watched.settle();
    RoomFixture unwatched = new RoomFixture(RoomFixture.keepingRooms());
    for (RoomFixture each : List.of(watched, unwatched)) {
      long reads = each.reads();
      assertTrue(each.hub.admit(each.draft, ZED, 0).isEmpty());
      assertEquals(reads + 1, each.reads());
      assertTrue(each.hub.admit(new DraftId("nowhere"), ZED, 0).isEmpty());
      assertEquals(reads + 2, each.reads());
    }
  }

  @Test
  void who_knows_more_than_the_room_is_not_told_that_it_is_unknown() {
    RoomFixture.TestSubscriber ana = fixture.join(ANA, null);
    fixture.append();
    TestSubscriber ben = fixture.join(BEN, 3L);
    assertTrue(ben.viewer().startPosition().resumed());
    assertNull(ana.line().closed);
  }

  @Test
  void who_was_added_by_another_server_gets_in_before_the_room_hears_of_it() {
    fixture.join(ANA, null);
    fixture.handle(new AddCollaborator(ANA, Instant.EPOCH, ZED, Role.VIEWER));
    assertTrue(fixture.hub.admit(fixture.draft, ZED, 0).isPresent());
  }

  @Test
  void who_was_removed_by_another_server_is_sent_away_when_the_room_hears_of_it() {
    fixture.join(ANA, null);
    fixture.handle(new RemoveCollaborator(ANA, Instant.EPOCH, BEN));
    TestSubscriber ben = fixture.join(BEN, null);
    assertNull(ben.line().closed);
    fixture.hub.tick();
    fixture.settle();
    assertEquals(CloseCode.FORBIDDEN, ben.line().closed);
    assertTrue(fixture.hub.admit(fixture.draft, BEN, 0).isEmpty());
  }

  @Test
  void while_the_log_is_out_who_reaches_back_is_read_for_once_a_tick() {
    RoomFixture lingering = new RoomFixture(RoomFixture.keepingRooms());
    lingering.append();
    lingering.logIsOut(true);
    TestSubscriber ben = lingering.join(BEN, 1L);
    lingering.settle();
    long reads = lingering.reads();
    lingering.hub.tick();
    lingering.settle();
    assertEquals(reads + 1, lingering.reads());
    assertEquals(List.of(), ben.line().revisions);

    lingering.logIsOut(false);
    lingering.hub.tick();
    lingering.settle();
    assertEquals(run(2, 3), ben.line().revisions);
  }

  @Test
  void a_crowd_that_comes_back_at_once_is_read_for_once() {
    RoomFixture lingering = new RoomFixture(RoomFixture.keepingRooms());
    lingering.append();
    long reads = lingering.reads();
    List<TestSubscriber> crowd = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      crowd.add(lingering.join(BEN, 1L));
    }
    lingering.settle();
    crowd.forEach(subscriber -> assertEquals(List.of(2L, 3L), subscriber.line().revisions));
    assertEquals(reads + 2, lingering.reads(), "the head, and what was missed");
  }

  @Test
  void a_room_lingers_for_who_comes_back_and_then_closes() {
    RoomFixture lingering = new RoomFixture(RoomFixture.keepingRooms());
    lingering.join(BEN, null).viewer().end();
    lingering.pass(Duration.ofSeconds(9));
    lingering.hub.tick();
    assertEquals(1, lingering.hub.openRooms());
    lingering.pass(Duration.ofSeconds(1));
    lingering.hub.tick();
    assertEquals(0, lingering.hub.openRooms());
  }

  @Test
  void what_was_done_is_counted() {
    CountedRooms counted = new CountedRooms();
    RoomFixture metered = new RoomFixture(RoomFixture.keepingRooms(), counted);
    TestSubscriber stuck = metered.join(BEN, 0L);
    metered.settle();
    assertEquals(1, counted.resumedCount(true));
    assertEquals(1, counted.laggedCount());
    assertEquals(2, counted.events());
    metered.join(ANA, 1L);
    assertEquals(1, counted.resumedCount(false));
    metered.pass(Duration.ofSeconds(11));
    metered.hub.tick();
    assertEquals(CloseCode.SLOW, stuck.line().closed);
    assertEquals(2, counted.abortedCount());
  }

  @Test
  void an_admission_that_is_given_back_leaves_no_room_open() {
    Subscription admission = fixture.hub.admit(fixture.draft, BEN, 0).orElseThrow();
    admission.release();
    admission.release();
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void a_viewer_whose_write_is_open_too_long_is_ended_and_the_others_are_not() {
    TestSubscriber stuck = fixture.join(BEN, null);
    TestSubscriber quick = fixture.join(ANA, null);
    fixture.append();
    fixture.deliver();
    fixture.settle();
    quick.line().written();
    fixture.pass(Duration.ofSeconds(11));
    fixture.hub.tick();
    assertEquals(CloseCode.SLOW, stuck.line().closed);
    assertNull(quick.line().closed);
    assertEquals(1, fixture.hub.subscribers());
  }

  @Test
  void a_viewer_for_whom_too_many_bytes_wait_is_ended() {
    TestSubscriber stuck = fixture.join(BEN, null);
    for (int i = 0; i < 130; i++) {
      fixture.append();
      fixture.deliver();
      fixture.settle();
    }
    fixture.hub.tick();
    assertEquals(CloseCode.SLOW, stuck.line().closed);
  }

  @Test
  void a_write_that_fails_ends_the_viewer() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.append();
    fixture.deliver();
    fixture.settle();
    ben.line().broken();
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void another_history_ends_the_room_before_an_event_of_it_is_sent() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.beginAnotherHistory();
    fixture.append();
    fixture.deliver();
    fixture.settle();

    assertEquals(CloseCode.DRAINING, ben.line().closed);
    assertFalse(ben.line().isWriting());
    assertEquals(
        new Epoch("another"),
        fixture.hub.admit(fixture.draft, BEN, 0).orElseThrow().version().epoch());
  }

  @Test
  void another_history_ends_a_quiet_room_at_the_next_tick() {
    TestSubscriber ben = fixture.join(BEN, null);
    TestSubscriber late = fixture.admit(ANA, null);
    fixture.beginAnotherHistory();

    fixture.hub.tick();
    late.viewer().start();

    assertEquals(CloseCode.DRAINING, ben.line().closed);
    assertEquals(CloseCode.DRAINING, late.line().closed);
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void closing_the_hub_sends_every_viewer_to_another_server() {
    TestSubscriber ben = fixture.join(BEN, null);
    fixture.hub.close();
    assertEquals(CloseCode.DRAINING, ben.line().closed);
    assertFalse(ben.line().isWriting());
  }

  @Test
  void who_sits_down_after_the_hub_has_closed_is_sent_to_another_server() {
    TestSubscriber late = fixture.admit(BEN, null);
    fixture.hub.close();
    late.viewer().start();
    assertEquals(CloseCode.DRAINING, late.line().closed);
    assertEquals(0, fixture.hub.openRooms());
  }

  @Test
  void who_reads_on_does_so_from_however_far_behind_the_head() {
    for (int i = 0; i < 1_001; i++) {
      fixture.append();
    }
    fixture.deliver();
    TestSubscriber ben = readOn(1);
    flush(ben);
    assertEquals(run(2, 1_003), ben.line().revisions);
  }

  @Test
  void who_reads_on_from_beyond_the_head_gets_what_follows_the_head() {
    TestSubscriber ben = readOn(Long.MAX_VALUE);
    fixture.append();
    fixture.deliver();
    flush(ben);
    assertEquals(List.of(3L), ben.line().revisions);
  }

  private TestSubscriber readOn(long after) {
    Line line = new Line();
    Subscriber viewer = fixture.hub.admit(fixture.draft, BEN, 0).orElseThrow().poll(line, after);
    viewer.start();
    return new TestSubscriber(viewer, line);
  }

  private static List<Long> run(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
