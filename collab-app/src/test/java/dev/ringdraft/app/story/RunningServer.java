package dev.ringdraft.app.story;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program as it is laid out by the build, in a process of its own. */
final class RunningServer implements AutoCloseable {
  private static final String READY = "ringdraft ready on ";
  private static final Path LAUNCHER = Path.of("target", "ringdraft", "bin", "ringdraft");
  private static final long START_SECONDS = 90;
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final String url;

  private RunningServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts the program on any free port and waits until it says that it is ready. */
  static RunningServer start(Path data, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toAbsolutePath().toString());
    command.addAll(List.of("--http.port", "0", "--data.dir", data.toString()));
    command.addAll(List.of(options));
    File log = data.resolveSibling("server.log").toFile();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    BufferedReader output = process.inputReader();
    String ready =
        CompletableFuture.supplyAsync(() -> firstLine(output))
            .orTimeout(START_SECONDS, TimeUnit.SECONDS)
            .join();
    if (!ready.startsWith(READY)) {
      process.destroyForcibly();
      throw new AssertionError("not ready but '" + ready + "'; see " + log);
    }
    return new RunningServer(process, ready.substring(READY.length()));
  }

  private static String firstLine(BufferedReader output) {
    try {
      String line = output.readLine();
      return line == null ? "" : line;
    } catch (IOException gone) {
      return "";
    }
  }

  /** Such as {@code http://127.0.0.1:41234}. */
  String url() {
    return url;
  }

  /** As a power cut would: no signal that could be handled. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
  }

  /** As an operator would. */
  int stop() {
    process.destroy();
    return process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
