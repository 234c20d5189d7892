package dev.ringdraft.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttendanceTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");
  private static final UserId CLEO = new UserId("cleo");

  private final Attendance attendance = new Attendance(2, Duration.ofSeconds(10));

  private static Instant after(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  @Test
  void several_tabs_are_one_person() {
    attendance.arrived(ANA, NOON);
    attendance.arrived(ANA, after(5));
    assertEquals(List.of(new Present(ANA, 2, NOON)), attendance.state(after(5)).users());
  }

  @Test
  void a_reload_does_not_flicker() {
    attendance.arrived(ANA, NOON);
    attendance.departed(ANA, after(60));
    assertEquals(List.of(new Present(ANA, 1, NOON)), attendance.state(after(69)).users());
    attendance.arrived(ANA, after(69));
    assertEquals(List.of(new Present(ANA, 1, NOON)), attendance.state(after(600)).users());
  }

  @Test
  void who_stays_away_is_missed_after_ten_seconds() {
    attendance.arrived(ANA, NOON);
    attendance.departed(ANA, after(60));
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
    attendance.departed(ANA, NOON);
    attendance.arrived(ANA, NOON);
    assertEquals(1, attendance.state(NOON).users().getFirst().connections());
  }

  @Test
  void the_difference_names_who_came_who_changed_and_who_went() {
    PresenceState before =
        new PresenceState(List.of(new Present(ANA, 1, NOON), new Present(BEN, 1, NOON)), 3);
    PresenceState now =
        new PresenceState(List.of(new Present(ANA, 2, NOON), new Present(CLEO, 1, NOON)), 0);
    assertEquals(
        new PresenceState.Difference(
            List.of(new Present(ANA, 2, NOON), new Present(CLEO, 1, NOON)), List.of(BEN), 0),
        now.since(before));
  }
}
