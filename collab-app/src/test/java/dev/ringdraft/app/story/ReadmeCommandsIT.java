package dev.ringdraft.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringdraft.app.docs.Document;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readme's shell lines, run as they stand on the real program: by bash, curl and Node. */
final class ReadmeCommandsIT {
  private static final String README_HOST = "127.0.0.1:8080";
  private static final long PATIENCE_SECONDS = 30;
  private static final Pattern SEEN =
      Pattern.compile("ben sees \\{\"type\":\"(collab[a-z_.]+)\".*?\"revision\":(\\d+).*");

  @TempDir private Path folder;

  @Test
  void ben_sees_what_the_commands_do_once_and_in_order() throws Exception {
    for (String program : List.of("bash", "curl", "node")) {
      assumeTrue(isThere(program), "the readme's commands are NOT tried: no " + program);
    }
    String commands =
        Document.at("README.md").fenced("sh").stream()
            .filter(block -> block.contains("curl"))
            .reduce("", String::concat);
    try (RunningServer server = RunningServer.start(folder)) {
      List<String> output = run(commands.replace(README_HOST, server.url().substring(7)));

      assertFalse(output.stream().anyMatch(line -> line.contains("\"code\":")), output::toString);
      assertEquals(
          List.of(
              "collab.draft_created 1",
              "collab.collaborator_added 2",
              "collab.segment_added 3",
              "collab.ring_passed 4",
              "collab.segment_added 5"),
          output.stream()
              .map(SEEN::matcher)
              .filter(Matcher::matches)
              .map(ReadmeCommandsIT::seen)
              .toList());
    }
  }

  private static String seen(Matcher event) {
    return event.group(1) + " " + event.group(2);
  }

  /** Runs the lines, and reads on until Ben has seen the last event. */
  private List<String> run(String commands) throws IOException {
    Path script = Files.writeString(folder.resolve("commands.sh"), commands + "\nwait\n");
    Process bash =
        new ProcessBuilder("bash", "-eu", script.toString()).redirectErrorStream(true).start();
    CompletableFuture<Void> tooLate =
        CompletableFuture.runAsync(
            () -> end(bash), CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    List<String> output = new ArrayList<>();
    try (BufferedReader lines = bash.inputReader()) {
      String line = lines.readLine();
      while (line != null) {
        output.add(line);
        Matcher seen = SEEN.matcher(line);
        line = seen.matches() && seen.group(2).equals("5") ? null : lines.readLine();
      }
    } finally {
      tooLate.cancel(false);
      end(bash);
    }
    return output;
  }

  private static void end(Process bash) {
    bash.descendants().forEach(ProcessHandle::destroyForcibly);
    bash.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static boolean isThere(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }
}
