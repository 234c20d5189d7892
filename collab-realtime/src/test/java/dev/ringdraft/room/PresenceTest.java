package dev.ringdraft.room;

import static dev.ringdraft.room.RoomFixture.ANA;
import static dev.ringdraft.room.RoomFixture.BEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.presence.Activity;
import dev.ringdraft.presence.Present;
import dev.ringdraft.room.RoomFixture.TestSubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How those in a room are told of each other. */
final class PresenceTest {
  private final RoomFixture fixture = new RoomFixture(RoomFixture.narrow());

  private void rest() {
    fixture.pass(Duration.ofSeconds(1));
    fixture.hub.tick();
    fixture.settle();
  }

  @Test
  void the_first_is_told_of_itself_and_then_of_who_comes() {
    TestSubscriber ana = fixture.attend(ANA);
    fixture.settle();
    ana.line().written();
    fixture.settle();
    ana.line().written();
    int before = ana.line().presence.size();
    assertTrue(ana.line().presence.getLast().contains("ana"));
    TestSubscriber ben = fixture.attend(BEN);
    rest();
    assertEquals(before + 1, ana.line().presence.size());
    assertTrue(ana.line().presence.getLast().startsWith("Difference"));
    assertTrue(ana.line().presence.getLast().contains("ben"));
    assertTrue(ben.line().presence.getFirst().startsWith("PresenceState"));
  }

  @Test
  void a_crowd_that_comes_at_once_is_told_once() {
    TestSubscriber ana = fixture.attend(ANA);
    fixture.settle();
    ana.line().writesAtOnce = true;
    ana.line().written();
    fixture.settle();
    int before = ana.line().presence.size();
    for (int i = 0; i < 20; i++) {
      fixture.attend(BEN);
      fixture.settle();
    }
    rest();
    assertEquals(before + 1, ana.line().presence.size());
    assertEquals(20, connections());
  }

  private int connections() {
    return fixture.hub.present(fixture.draft).users().stream()
        .filter(present -> present.user().equals(BEN))
        .mapToInt(Present::connections)
        .sum();
  }

  @Test
  void one_who_was_slow_is_told_the_whole_state() {
    TestSubscriber slow = fixture.attend(ANA);
    fixture.settle();
    for (int i = 0; i < 3; i++) {
      fixture.attend(BEN);
      rest();
    }
    slow.line().written();
    assertTrue(slow.line().presence.getLast().startsWith("PresenceState"));
    assertTrue(slow.line().presence.getLast().contains("connections=3"));
  }

  @Test
  void one_who_goes_is_shown_for_ten_seconds_more() {
    TestSubscriber ana = fixture.attend(ANA);
    ana.line().writesAtOnce = true;
    ana.line().written();
    TestSubscriber ben = fixture.attend(BEN);
    rest();
    ben.viewer().end();
    for (int i = 0; i < 9; i++) {
      rest();
    }
    assertEquals(2, fixture.hub.present(fixture.draft).users().size());
    rest();
    rest();
    assertEquals(1, fixture.hub.present(fixture.draft).users().size());
    assertTrue(ana.line().presence.getLast().contains("left=[ben]"));
  }

  @Test
  void who_types_is_told_at_once_and_once_and_stops_by_itself() {
    TestSubscriber ana = fixture.attend(ANA);
    ana.line().writesAtOnce = true;
    ana.line().written();
    TestSubscriber ben = fixture.attend(BEN);
    rest();
    rest();
    int before = ana.line().presence.size();
    ben.viewer().setActivity(Activity.TYPING);
    ben.viewer().setActivity(Activity.TYPING);
    fixture.settle();
    assertEquals(before + 1, ana.line().presence.size());
    assertTrue(ana.line().presence.getLast().matches("Difference.*ben.*TYPING.*left=\\[].*"));
    for (int i = 0; i < 6; i++) {
      rest();
    }
    assertEquals(before + 2, ana.line().presence.size());
    assertTrue(ana.line().presence.getLast().matches("Difference.*ben.*VIEWING.*left=\\[].*"));
  }

  @Test
  void who_types_and_stops_within_a_second_is_not_told_of() {
    TestSubscriber ana = fixture.attend(ANA);
    ana.line().writesAtOnce = true;
    ana.line().written();
    fixture.settle();
    TestSubscriber ben = fixture.attend(BEN);
    ben.viewer().setActivity(Activity.TYPING);
    fixture.settle();
    ben.viewer().setActivity(Activity.VIEWING);
    rest();
    assertTrue(ana.line().presence.getLast().contains("ben"));
    assertTrue(ana.line().presence.stream().noneMatch(told -> told.contains("TYPING")));
  }

  @Test
  void what_one_types_who_is_not_shown_is_not_shown_either() {
    TestSubscriber unseen = fixture.join(BEN, null);
    fixture.attend(BEN);
    unseen.viewer().setActivity(Activity.TYPING);
    TestSubscriber ended = fixture.attend(BEN);
    ended.viewer().end();
    ended.viewer().setActivity(Activity.TYPING);
    assertEquals(
        List.of(Activity.VIEWING),
        fixture.hub.present(fixture.draft).users().stream().map(Present::activity).toList());
  }

  @Test
  void who_does_not_attend_is_not_shown_and_told_nothing() {
    TestSubscriber ana = fixture.join(ANA, null);
    rest();
    assertEquals(0, ana.line().presence.size());
    assertEquals(0, fixture.hub.present(fixture.draft).users().size());
  }

  @Test
  void a_viewer_that_ended_before_it_sat_down_is_not_counted() {
    TestSubscriber ana = fixture.admitWith(ANA, SubscriptionOptions.live());
    TestSubscriber ben = fixture.attend(BEN);
    ana.viewer().end();
    ana.viewer().start();
    fixture.settle();
    ben.viewer().end();
    fixture.settle();
    assertEquals(0, fixture.hub.openRooms());
  }
}
