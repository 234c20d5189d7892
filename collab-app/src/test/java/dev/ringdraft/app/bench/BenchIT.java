package dev.ringdraft.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench as a user has it: one program against another. */
@Tag("long")
class BenchIT {
  @TempDir private Path folder;

  @Test
  void a_short_run_with_everybody_coming_back_finds_no_fault() throws Exception {
    Path result = folder.resolve("result.json");
    try (Program server = Program.start(folder, Map.of(), "--http.port", "0");
        Program bench =
            Program.start(
                folder,
                Map.of(),
                "bench",
                "--url",
                server.url(),
                "--drafts=3",
                "--viewers-per-draft=12",
                "--rate=30",
                "--warm-up=1s",
                "--duration=3s",
                "--reconnect-at=1s",
                "--connect-rate=100",
                "--json",
                result.toString())) {
      assertEquals(0, bench.exitCode(), bench.errors());
      assertTrue(
          bench.output().stream()
              .anyMatch(line -> line.endsWith("0 lost, 0 doubled, 0 out of order")));
      assertTrue(bench.errors().contains("deliveries"), "a line of progress");
    }

    JsonNode json = new ObjectMapper().readTree(Files.readString(result));
    assertTrue(json.path("clean").booleanValue(), json.toString());
    assertEquals(36, json.path("connects").path("opened").intValue());
    JsonNode run = json.path("runs").path(0);
    assertEquals(36, run.path("reconnects").path("opened").intValue());
    assertEquals(90, run.path("append").path("count").intValue());
    assertEquals(90 * 12, run.path("delivery").path("count").intValue());
  }

  @Test
  void two_short_runs_with_viewers_coming_and_going_find_no_fault() throws Exception {
    Path result = folder.resolve("result.json");
    try (Program server = Program.start(folder, Map.of(), "--http.port", "0");
        Program bench =
            Program.start(
                folder,
                Map.of(),
                "bench",
                "--url",
                server.url(),
                "--drafts=2",
                "--viewers-per-draft=8",
                "--rate=20",
                "--warm-up=0s",
                "--duration=2s",
                "--runs=2",
                "--churn=10",
                "--pid=" + server.pid(),
                "--json",
                result.toString())) {
      assertEquals(0, bench.exitCode(), bench.errors());
      assertTrue(bench.errors().contains("RSS"), "memory in the line of progress");
    }

    JsonNode json = new ObjectMapper().readTree(Files.readString(result));
    assertTrue(json.path("clean").booleanValue(), json.toString());
    assertEquals(2, json.path("runs").size());
    for (JsonNode run : json.path("runs")) {
      assertTrue(run.path("churn").path("opened").intValue() >= 10, run.toString());
      assertEquals(40 * 8, run.path("delivery").path("count").intValue());
      assertTrue(run.path("server").path("rss_bytes_first").longValue() > 0, run.toString());
    }
  }

  @Test
  void texts_longer_than_the_server_takes_end_it_with_the_limit_and_its_key() throws Exception {
    try (Program server = Program.start(folder, Map.of(), "--http.port", "0");
        Program bench =
            Program.start(
                folder,
                Map.of(),
                "bench",
                "--url",
                server.url(),
                "--drafts=1",
                "--viewers-per-draft=1",
                "--rate=10",
                "--duration=2s",
                "--payload-code-points=501")) {
      assertEquals(1, bench.exitCode());
      assertTrue(
          bench.errors().contains("content: 501 code points (expected: 1..500)"), bench.errors());
      assertTrue(bench.errors().contains("; raise limit.content-"), bench.errors());
    }
  }

  @Test
  void without_a_server_it_says_so_in_a_line() throws Exception {
    try (Program bench = Program.start(folder, Map.of(), "bench", "--url", "http://127.0.0.1:1")) {
      assertEquals(1, bench.exitCode());
      assertEquals(
          "ringdraft: bench: no server answers at http://127.0.0.1:1 (ConnectException)",
          bench.errors().strip());
    }
  }
}
