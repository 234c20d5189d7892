package dev.ringdraft.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.bench.check.SequenceCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final LatencySummary TIMES =
      new LatencySummary(1_000, 1_500, 2_000, 12_345, 99_000);
  private static final StatusCounts MANY = new StatusCounts(new TreeMap<>(Map.of(429, 3)));
  private static final RunResult QUICK = measured(50, TIMES, 2.5, 100);
  private static final RunResult SLOW =
      measured(40, new LatencySummary(800, 3_000, 4_000, 22_000, 30_000), 3, 120);
  private static final RunResult MIDDLING =
      measured(49, new LatencySummary(900, 2_000, 3_000, 9_000, 100_000), 2.75, 110);

  private static RunResult measured(
      double appends, LatencySummary times, double cpuSeconds, long residentMebibytes) {
    return new RunResult(
        null,
        new ConnectStats(20, 4, times, StatusCounts.none()),
        new LoadStats(appends, times, StatusCounts.none(), appends * 1_000, times),
        new ServerUsage(
            cpuSeconds,
            cpuSeconds * 2,
            ResidentMemory.of(residentMebibytes << 20).then(130L << 20).then(125L << 20),
            16_000));
  }

  private static Report figures(
      SequenceCheck.Faults faults, StatusCounts refusals, RunResult... runs) {
    return new Report(
        new Report.Scale(1, 1_000, "ws"),
        new ConnectStats(1_000, 812, TIMES, refusals),
        List.of(runs),
        new Report.Checks(faults, StatusCounts.none(), 0, 0));
  }

  private static Report clean(RunResult... runs) {
    return figures(new SequenceCheck.Faults(), StatusCounts.none(), runs);
  }

  @Test
  void the_table_says_what_was_measured() {
    assertEquals(
        """
        viewers          1,000 in 1 drafts by ws
        connects         1,000 at 812/s  p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        came back        20 at 4.0/s  p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        appends          50.0/s
          due → 201      p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        deliveries       50,000/s  (1,000)
          due → read     p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        faults           0 lost, 0 doubled, 0 out of order
        server CPU       2.50 s, 5.00 s a million deliveries
        server RSS       100 MiB at first, 125 at last, 130 at most; 16,000 bytes a connection more than before them
        """,
        clean(QUICK).table());
  }

  @Test
  void of_several_runs_each_figure_is_ranked_by_itself() {
    String table = clean(QUICK, SLOW, MIDDLING).table();

    assertTrue(table.contains("runs             3, of each figure min / median / max\n"), table);
    assertTrue(table.contains("appends          40.0 / 49.0 / 50.0/s\n"), table);
    assertTrue(
        table.contains(
            "  due → read     p50 1.5 / 2.0 / 3.0 ms  p90 2.0 / 3.0 / 4.0 ms"
                + "  p99 9.0 / 12.3 / 22.0 ms  max 30.0 / 99.0 / 100.0 ms\n"),
        table);
    assertTrue(
        table.contains("server CPU       2.50 / 2.75 / 3.00 s, 5.00 / 5.50 / 6.00 s a"), table);
    assertTrue(table.contains("server RSS       100 / 110 / 120 MiB at first"), table);
  }

  @Test
  void of_an_even_number_of_runs_the_median_is_one_that_was_measured() {
    assertTrue(clean(QUICK, SLOW).table().contains("appends          40.0 / 40.0 / 50.0/s\n"));
  }

  @Test
  void the_json_says_the_same_and_holds_every_run() throws IOException {
    JsonNode json = new ObjectMapper().readTree(clean(QUICK, SLOW, MIDDLING).json());

    assertEquals(3, json.path("runs").size());
    JsonNode first = json.path("runs").path(0);
    assertEquals(50_000, first.path("deliveries_per_second").intValue());
    assertEquals(12_345, first.path("delivery").path("p99_us").intValue());
    assertEquals(5_000, first.path("server").path("cpu_ms_per_million_deliveries").intValue());
    assertEquals(20, first.path("churn").path("opened").intValue());
    assertEquals(9_000, json.path("min").path("delivery").path("p99_us").intValue());
    assertEquals(49_000, json.path("median").path("deliveries_per_second").intValue());
    assertEquals(120L << 20, json.path("max").path("server").path("rss_bytes_first").longValue());
    assertEquals(0, json.path("lost").intValue());
    assertTrue(json.path("clean").booleanValue());
  }

  @Test
  void a_loss_or_a_refusal_is_not_clean() {
    SequenceCheck.Faults faults = new SequenceCheck.Faults();
    new SequenceCheck(0, faults).endAt(1);
    RunResult refused = new RunResult(null, new ConnectStats(0, 0, TIMES, MANY), null, null);

    assertFalse(figures(faults, StatusCounts.none(), QUICK).isClean());
    assertFalse(figures(new SequenceCheck.Faults(), MANY, QUICK).isClean());
    assertFalse(clean(QUICK, refused).isClean());
    assertTrue(clean(QUICK, refused).table().contains("(refused: 429 × 3)"));
  }
}
