package dev.ringdraft.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.bench.Figures.Connects;
import dev.ringdraft.app.bench.Figures.Load;
import dev.ringdraft.app.bench.Figures.Machine;
import dev.ringdraft.app.bench.Figures.Times;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Times TIMES = new Times(1_000, 1_500, 2_000, 12_345, 99_000);

  private static Figures figures(long lost, SortedMap<Integer, Integer> refusals) {
    return new Figures(
        1,
        1_000,
        Transport.WS,
        new Connects(1_000, 812, TIMES, refusals),
        null,
        new Load(50, TIMES, new TreeMap<>(), 50_000, TIMES, lost, 0, 0),
        new TreeMap<>(),
        0,
        0,
        new Machine(2.5, 4.25, 100_000_000, 116_000_000, 1_000));
  }

  @Test
  void the_table_says_what_was_measured() {
    assertEquals(
        """
        viewers          1,000 in 1 drafts by ws
        connects         1,000 at 812/s  p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        appends          50.0/s
          due → 201      p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        deliveries       50,000/s  (1,000)
          due → read     p50 1.5 ms  p90 2.0 ms  p99 12.3 ms  max 99.0 ms
        faults           0 lost, 0 doubled, 0 out of order
        server CPU       2.50 s, 4.25 s a million deliveries
        server RSS       110 MiB, 16,000 bytes a connection more than before them
        """,
        figures(0, new TreeMap<>()).table());
  }

  @Test
  void the_json_says_the_same() throws IOException {
    JsonNode json = new ObjectMapper().readTree(figures(0, new TreeMap<>()).json());

    assertEquals(50_000, json.path("deliveries_per_second").intValue());
    assertEquals(12_345, json.path("delivery").path("p99_us").intValue());
    assertEquals(4_250, json.path("server").path("cpu_ms_per_million_deliveries").intValue());
    assertEquals(0, json.path("lost").intValue());
    assertTrue(json.path("clean").booleanValue());
  }

  @Test
  void a_loss_or_a_refusal_is_not_clean() {
    TreeMap<Integer, Integer> refusals = new TreeMap<>();
    refusals.put(429, 3);

    assertFalse(figures(1, new TreeMap<>()).isClean());
    assertFalse(figures(0, refusals).isClean());
    assertTrue(figures(0, refusals).table().contains("(refused: 429 × 3)"));
  }
}
