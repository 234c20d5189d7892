package dev.ringdraft.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DraftPresenceTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");
  private static final UserId CLEO = new UserId("cleo");
  private static final String TAB = "a tab";
  private static final String OTHER_TAB = "another tab";

  private final DraftPresence attendance = new DraftPresence(2, Duration.ofSeconds(10));

  private static Instant after(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static Present viewing(UserId user, int connections) {
    return new Present(user, connections, NOON, Activity.VIEWING);
  }

  private Activity activityOfAna(Instant now) {
    return attendance.state(now).users().getFirst().activity();
  }

  @Test
  void several_tabs_are_one_person() {
    attendance.arrived(ANA, NOON);
    attendance.arrived(ANA, after(5));
    assertEquals(List.of(viewing(ANA, 2)), attendance.state(after(5)).users());
  }

  @Test
  void a_reload_does_not_flicker() {
    attendance.arrived(ANA, NOON);
    attendance.departed(new UserConnection(ANA, TAB), after(60));
    assertEquals(List.of(viewing(ANA, 1)), attendance.state(after(69)).users());
    attendance.arrived(ANA, after(69));
    assertEquals(List.of(viewing(ANA, 1)), attendance.state(after(600)).users());
  }

  @Test
  void who_stays_away_is_missed_after_ten_seconds() {
    attendance.arrived(ANA, NOON);
    attendance.departed(new UserConnection(ANA, TAB), after(60));
    assertEquals(PresenceState.EMPTY, attendance.state(after(70)));
  }

  @Test
  void beyond_the_people_who_are_named_the_others_are_counted() {
    attendance.arrived(ANA, NOON);
    attendance.arrived(BEN, NOON);
    attendance.arrived(CLEO, NOON);
    PresenceState state = attendance.state(NOON);
    assertEquals(List.of(ANA, BEN), state.users().stream().map(Present::user).toList());
    assertEquals(1, state.others());
  }

  @Test
  void a_departure_that_had_no_arrival_changes_nothing() {
    attendance.departed(new UserConnection(ANA, TAB), NOON);
    attendance.arrived(ANA, NOON);
    assertEquals(1, attendance.state(NOON).users().getFirst().connections());
  }

  @Test
  void the_difference_names_who_came_who_changed_and_who_went() {
    PresenceState before = new PresenceState(List.of(viewing(ANA, 1), viewing(BEN, 1)), 3);
    PresenceState now = new PresenceState(List.of(viewing(ANA, 2), viewing(CLEO, 1)), 0);
    assertEquals(
        new PresenceState.Difference(
            List.of(viewing(CLEO, 1)), List.of(viewing(ANA, 2)), List.of(BEN), 0),
        now.since(before));
  }

  @Test
  void who_types_in_one_of_several_tabs_types() {
    attendance.arrived(ANA, NOON);
    attendance.arrived(ANA, NOON);
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    attendance.setActivity(new UserConnection(ANA, OTHER_TAB), Activity.VIEWING, NOON);
    assertEquals(Activity.TYPING, activityOfAna(NOON));
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.VIEWING, NOON);
    assertEquals(Activity.VIEWING, activityOfAna(NOON));
  }

  @Test
  void typing_that_is_not_said_again_is_over_after_six_seconds() {
    attendance.arrived(ANA, NOON);
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, after(3));
    assertEquals(Activity.TYPING, activityOfAna(after(8)));
    assertEquals(Activity.VIEWING, activityOfAna(after(9)));
  }

  @Test
  void a_tab_that_ends_types_no_longer() {
    attendance.arrived(ANA, NOON);
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    attendance.departed(new UserConnection(ANA, TAB), NOON);
    assertEquals(Activity.VIEWING, activityOfAna(NOON));
  }

  @Test
  void who_is_not_here_does_not_type() {
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    attendance.arrived(ANA, NOON);
    assertEquals(Activity.VIEWING, activityOfAna(NOON));
    attendance.departed(new UserConnection(ANA, TAB), NOON);
    attendance.setActivity(new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    assertEquals(Activity.VIEWING, activityOfAna(NOON));
  }

  @Test
  void somebody_who_begins_to_type_is_a_difference() {
    Present typing = new Present(ANA, 1, NOON, Activity.TYPING);
    assertEquals(
        new PresenceState.Difference(List.of(), List.of(typing), List.of(), 0),
        new PresenceState(List.of(typing), 0)
            .since(new PresenceState(List.of(viewing(ANA, 1)), 0)));
  }

  @Test
  void a_user_of_two_servers_is_one_person_with_all_connections_since_the_earlier_arrival() {
    attendance.arrived(ANA, after(5));
    attendance.mergeRemote(elsewhere(new Present(ANA, 2, NOON, Activity.TYPING)), after(6));
    assertEquals(
        new PresenceState(List.of(new Present(ANA, 3, NOON, Activity.TYPING)), 0),
        attendance.state(after(6)));
  }

  @Test
  void who_moves_to_another_server_is_neither_missed_nor_counted_twice() {
    attendance.arrived(ANA, NOON);
    attendance.departed(new UserConnection(ANA, TAB), after(60));
    attendance.mergeRemote(elsewhere(new Present(ANA, 1, after(61), Activity.VIEWING)), after(62));
    assertEquals(List.of(viewing(ANA, 1)), attendance.state(after(62)).users());
  }

  @Test
  void who_came_from_another_server_stays_here_since_they_came_there() {
    attendance.mergeRemote(elsewhere(viewing(ANA, 0)), after(60));
    attendance.arrived(ANA, after(61));
    attendance.mergeRemote(PresenceState.EMPTY, after(70));
    assertEquals(List.of(viewing(ANA, 1)), attendance.state(after(70)).users());
  }

  @Test
  void of_those_at_two_servers_the_first_who_came_are_named() {
    attendance.arrived(BEN, after(1));
    attendance.arrived(CLEO, after(3));
    attendance.mergeRemote(
        new PresenceState(List.of(new Present(ANA, 1, after(2), Activity.VIEWING)), 4), after(4));
    PresenceState state = attendance.state(after(4));
    assertEquals(List.of(BEN, ANA), state.users().stream().map(Present::user).toList());
    assertEquals(5, state.others());
  }

  @Test
  void what_was_heard_of_others_holds_for_ten_seconds() {
    attendance.arrived(BEN, NOON);
    attendance.mergeRemote(elsewhere(viewing(ANA, 1)), NOON);
    assertEquals(2, attendance.state(after(9)).users().size());
    assertEquals(List.of(viewing(BEN, 1)), attendance.state(after(10)).users());
  }

  @Test
  void others_are_not_among_those_who_are_here() {
    attendance.arrived(BEN, NOON);
    attendance.mergeRemote(elsewhere(viewing(ANA, 1)), NOON);
    assertEquals(List.of(viewing(BEN, 1)), attendance.here(NOON).users());
  }

  private static PresenceState elsewhere(Present present) {
    return new PresenceState(List.of(present), 0);
  }
}
