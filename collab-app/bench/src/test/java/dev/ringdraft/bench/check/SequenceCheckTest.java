package dev.ringdraft.bench.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceCheckTest {
  private final SequenceCheck.Faults faults = new SequenceCheck.Faults();
  private final SequenceCheck run = new SequenceCheck(3, faults);

  private void arrive(long... revisions) {
    for (long revision : revisions) {
      boolean unused = run.arrived(revision);
    }
  }

  @Test
  void an_unbroken_run_has_no_fault() {
    for (long revision = 4; revision <= 1_000; revision++) {
      assertTrue(run.arrived(revision));
    }
    run.endAt(1_000);

    assertTrue(faults.none(), faults.toString());
  }

  @Test
  void a_planted_gap_is_found() {
    arrive(4, 5, 8);
    run.endAt(8);

    assertEquals("2 lost, 0 doubled, 0 out of order", faults.toString());
  }

  @Test
  void a_planted_repeat_is_found_and_is_not_new() {
    arrive(4, 5, 6);

    assertFalse(run.arrived(5));
    assertFalse(run.arrived(6));
    assertEquals("0 lost, 2 doubled, 0 out of order", faults.toString());
  }

  @Test
  void a_planted_disorder_is_found_and_nothing_is_lost_by_it() {
    arrive(4, 6, 5, 7);
    run.endAt(7);

    assertEquals("0 lost, 0 doubled, 1 out of order", faults.toString());
  }

  @Test
  void what_comes_late_twice_came_twice() {
    arrive(4, 6, 5, 5);

    assertEquals("0 lost, 1 doubled, 1 out of order", faults.toString());
  }

  @Test
  void what_was_there_before_the_viewer_is_a_repeat() {
    arrive(4, 3);

    assertEquals(1, faults.doubled());
  }

  @Test
  void what_is_missing_at_the_end_is_lost() {
    arrive(4);
    run.endAt(10);

    assertEquals(6, faults.lost());
  }

  @Test
  void a_gap_longer_than_the_memory_is_counted_in_full() {
    arrive(4, 4 + SequenceCheck.MEMORY * 2L);

    assertEquals(SequenceCheck.MEMORY * 2L - 1, faults.lost());
  }

  @Test
  void who_comes_back_without_being_resumed_has_lost_what_happened_meanwhile() {
    arrive(4);
    run.arrivedAt(9, true);
    arrive(10);

    assertEquals("5 lost, 0 doubled, 0 out of order", faults.toString());
  }
}
