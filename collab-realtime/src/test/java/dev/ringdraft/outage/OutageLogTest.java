package dev.ringdraft.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutageLogTest {
  private final Lines lines = new Lines();
  private final AtomicLong nanoTime = new AtomicLong(-3);
  private final OutageLog database = new OutageLog(lines, "the database", nanoTime::get);

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Test
  void what_works_is_not_logged() {
    database.succeeded();

    assertEquals(List.of(), lines.all);
  }

  @Test
  void an_outage_is_two_lines_however_many_requests_fail() {
    for (int request = 0; request < 1_000; request++) {
      database.failed("SQLSTATE 08001");
    }
    pass(Duration.ofSeconds(35));
    database.succeeded();
    database.succeeded();

    assertEquals(
        List.of(
            "WARNING the database fails: SQLSTATE 08001",
            "INFO the database works again after 35 s; failures: 1000"),
        lines.all);
  }

  @Test
  void a_thing_that_fails_now_and_then_is_one_outage() {
    for (int second = 0; second < 60; second++) {
      database.failed("SQLSTATE 53300");
      pass(Duration.ofSeconds(1));
      database.succeeded();
    }

    assertEquals(List.of("WARNING the database fails: SQLSTATE 53300"), lines.all);
  }

  @Test
  void each_outage_counts_its_own_failures() {
    database.failed("one");
    pass(OutageLog.QUIET);
    database.succeeded();
    database.failed("two");
    database.failed("two");
    pass(OutageLog.QUIET);
    database.succeeded();

    assertEquals(
        List.of(
            "WARNING the database fails: one",
            "INFO the database works again after 5 s; failures: 1",
            "WARNING the database fails: two",
            "INFO the database works again after 5 s; failures: 2"),
        lines.all);
  }

  /** Keeps the lines that it gets. */
  private static final class Lines implements System.Logger {
    private final List<String> all = new ArrayList<>();

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      throw new AssertionError(message, thrown);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      all.add(level + " " + MessageFormat.format(String.valueOf(format), parameters));
    }
  }
}
