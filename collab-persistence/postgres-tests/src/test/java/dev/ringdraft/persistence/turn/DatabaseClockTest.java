package dev.ringdraft.persistence.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.DatabaseSettings;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.persistence.turn.DatabaseClock.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times are in milliseconds; the database's clock showed 12:00:00 at nanosecond 0. */
class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private long nanoTime;
  private final DatabaseClock clock = new DatabaseClock(sample(-10, 10, 0), () -> nanoTime);

  /** A question at one moment, whose answer came at another and showed so long after noon. */
  private static Sample sample(long sentAt, long receivedAt, long shown) {
    return new Sample(
        TimeUnit.MILLISECONDS.toNanos(sentAt),
        NOON.plusMillis(shown),
        TimeUnit.MILLISECONDS.toNanos(receivedAt));
  }

  private void at(long millis) {
    nanoTime = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void assertShows(long millis) {
    assertEquals(NOON.plusMillis(millis), clock.instant());
  }

  @Test
  void it_goes_on_from_a_sample_by_half_a_round_trip() {
    at(0);
    assertShows(0);
    at(1_234);
    assertShows(1_234);
  }

  @Test
  void it_shows_whole_milliseconds_and_cuts_off_the_rest() {
    nanoTime = 1_999_999;

    assertShows(1);
    assertEquals(NOON.toEpochMilli() + 1, clock.millis());
  }

  @Test
  void a_sample_of_a_quicker_answer_is_followed() {
    clock.add(sample(98, 102, 104));

    at(100);
    assertShows(104);
  }

  @Test
  void a_sample_of_a_slower_answer_is_not_followed() {
    clock.add(sample(100, 300, 210));

    at(300);
    assertShows(300);
  }

  @Test
  void an_old_sample_gives_way_to_a_slower_answer_because_clocks_drift() {
    long hour = Duration.ofHours(1).toMillis();
    clock.add(sample(hour - 100, hour + 100, hour + 50));

    at(hour);
    assertShows(hour + 50);
  }

  @Test
  void a_database_whose_clock_was_set_forward_is_followed_at_once_however_slow_its_answer() {
    clock.add(sample(1_000, 1_200, 61_100));

    at(1_200);
    assertShows(61_200);
  }

  @Test
  void an_estimate_that_is_a_little_behind_makes_it_stand_still() {
    at(1_000);
    assertShows(1_000);

    clock.add(sample(1_000, 1_000, 992));

    assertShows(1_000);
    at(1_008);
    assertShows(1_000);
    at(1_009);
    assertShows(1_001);
  }

  @Test
  void another_database_whose_clock_is_far_behind_is_followed_back() {
    at(100_000);
    assertShows(100_000);

    clock.add(sample(100_000, 100_002, 40_001));

    at(100_002);
    assertShows(40_002);
    at(100_003);
    assertShows(40_003);
  }

  @Test
  void a_machine_that_slept_is_right_after_the_next_sample() {
    clock.add(sample(1_000, 1_004, 3_601_002));

    at(1_004);
    assertShows(3_601_004);
  }

  @Test
  void a_process_that_was_paused_between_question_and_answer_learns_nothing_wrong() {
    clock.add(sample(1_000, 21_000, 1_001));

    at(21_000);
    assertShows(21_000);
  }

  @Test
  void it_shows_what_the_database_shows() throws Exception {
    DatabaseSettings settings = TestPostgres.freshDatabase();
    try (Database database = Database.open(settings)) {
      Instant before = now(settings);
      Instant shown = database.clock().instant();
      Instant after = now(settings);

      Duration tolerance = Duration.ofMillis(100);
      assertFalse(shown.isBefore(before.minus(tolerance)), before + " " + shown);
      assertTrue(shown.isBefore(after.plus(tolerance)), shown + " " + after);
      assertEquals(shown.truncatedTo(ChronoUnit.MILLIS), shown);
    }
  }

  private static Instant now(DatabaseSettings settings) throws Exception {
    return Instant.ofEpochMilli(
        Long.parseLong(
            TestPostgres.query(
                    settings, "select floor(extract(epoch from clock_timestamp()) * 1000)::bigint")
                .getFirst()));
  }
}
