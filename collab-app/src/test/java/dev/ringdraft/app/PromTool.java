package dev.ringdraft.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus's own checks, where Debian's package {@code prometheus} is installed. */
public final class PromTool {
  private PromTool() {}

  /** Whether they can be run here. */
  public static boolean isThere() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }

  /**
   * Checks what is given on standard input.
   *
   * @return the complaints; empty when there is none
   */
  static String check(String kind, String input) throws IOException, InterruptedException {
    Process process = start(List.of("check", kind));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return end(process);
  }

  /**
   * Runs it with arguments.
   *
   * @return what it says, if it does not succeed; else nothing
   */
  public static String run(String... arguments) throws IOException, InterruptedException {
    return end(start(List.of(arguments)));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String end(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said;
  }
}
