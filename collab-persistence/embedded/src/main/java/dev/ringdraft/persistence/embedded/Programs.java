package dev.ringdraft.persistence.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts other programs, with an environment that says nothing to PostgreSQL. */
final class Programs {
  private Programs() {}

  /**
   * Starts a program that reads nothing.
   *
   * @param log gets what it says, at the end
   */
  static Process start(List<String> command, Path log) throws IOException {
    ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
    program.redirectInput(new File("/dev/null"));
    program.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = program.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    return program.start();
  }

  /** Runs a program to its end and gives its exit code. */
  static int run(List<String> command, Path log) throws IOException, InterruptedException {
    return start(command, log).waitFor();
  }

  /** Whether the program is there and ends well; what it says is dropped. */
  static boolean works(List<String> command) throws InterruptedException {
    try {
      return run(command, Path.of("/dev/null")) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
