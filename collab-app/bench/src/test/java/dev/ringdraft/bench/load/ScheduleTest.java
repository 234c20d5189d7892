package dev.ringdraft.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void appends_are_due_at_even_distances_whatever_became_of_the_ones_before() {
    Schedule schedule = new Schedule(1_000, 4, 2);

    assertEquals(1_000, schedule.due(0));
    assertEquals(250_001_000, schedule.due(1));
    assertEquals(1_000_001_000, schedule.due(4));
  }

  @Test
  void distances_that_are_no_whole_nanoseconds_do_not_add_up() {
    Schedule schedule = new Schedule(0, 3, 1);

    assertEquals(333_333_333, schedule.due(1));
    assertEquals(1_000_000_000_000L, schedule.due(3_000));
  }

  @Test
  void drafts_take_turns() {
    Schedule schedule = new Schedule(0, 1, 3);

    assertEquals(0, schedule.draft(0));
    assertEquals(2, schedule.draft(2));
    assertEquals(0, schedule.draft(3));
  }

  @Test
  void a_time_holds_what_is_due_before_its_end() {
    Schedule schedule = new Schedule(0, 10, 1);

    assertEquals(100, schedule.within(Duration.ofSeconds(10)));
    assertEquals(1, schedule.within(Duration.ofMillis(1)));
    assertEquals(0, schedule.within(Duration.ZERO));
  }

  @Test
  void a_rate_of_nothing_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, 1, 0));
  }
}
