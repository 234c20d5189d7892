package dev.ringdraft.persistence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second program on the same machine that runs an embedded server, until it is killed. */
final class OtherProgram implements AutoCloseable {
  private final Process process;
  private final String firstLine;

  private OtherProgram(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  /** Starts it; it has started, or given up, when this returns. */
  static OtherProgram on(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProgram.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    return new OtherProgram(process, String.valueOf(output.readLine()));
  }

  /** {@code started}, or why it could not. */
  String firstLine() {
    return firstLine;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      EmbeddedPostgres.start(Path.of(arguments[0]));
      System.out.println("started");
      Thread.currentThread().join();
    } catch (EmbeddedPostgresException refused) {
      System.out.println(refused.getMessage());
    }
  }
}
