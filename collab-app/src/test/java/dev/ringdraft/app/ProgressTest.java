package dev.ringdraft.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How far a command is shows on a terminal, and nowhere else. */
final class ProgressTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();

  private void work(boolean visible) {
    AtomicLong milliseconds = new AtomicLong();
    Progress progress =
        new Progress(
            new PrintStream(terminal, true, StandardCharsets.UTF_8),
            visible,
            () -> 1_000_000 * milliseconds.addAndGet(50));
    for (int drafts = 1; drafts <= 9; drafts++) {
      progress.show(drafts + " drafts");
    }
    progress.before(lines::add).accept("done");
  }

  @Test
  void a_terminal_shows_one_line_that_is_cleared_before_a_result() {
    work(true);

    assertEquals(
        "\r\033[K4 drafts\r\033[K8 drafts\r\033[K", terminal.toString(StandardCharsets.UTF_8));
    assertEquals(List.of("done"), lines);
  }

  @Test
  void a_file_or_pipe_gets_the_results_alone() {
    work(false);

    assertEquals(0, terminal.size());
    assertEquals(List.of("done"), lines);
  }
}
