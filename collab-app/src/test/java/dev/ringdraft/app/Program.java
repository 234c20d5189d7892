package dev.ringdraft.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The program as a user has it: started by its launcher, as a process of its own. */
public final class Program implements AutoCloseable {
  private static final String READY = "ringdraft ready on ";
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final Path log;
  private final BufferedReader out;
  private final List<String> said = new ArrayList<>();

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it with these arguments, and no variable that would configure it but these.
   *
   * @param folder where it runs, and where its standard error goes to a file
   */
  public static Program start(Path folder, Map<String, String> environment, String... arguments) {
    return startBy(List.of(), folder, environment, arguments);
  }

  /** Starts it by another program, which gets the launcher as its first argument. */
  public static Program startBy(
      List<String> parent, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(parent);
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    return start(command, folder, environment);
  }

  /** Starts a copy of it by the copy's own launcher. */
  public static Program startCopy(
      Path launcher, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return start(command, folder, environment);
  }

  /** Where it is: {@code …/bin/ringdraft}. */
  public static Path launcher() {
    String launcher = System.getProperty("ringdraft.program", "");
    if (launcher.isEmpty()) {
      throw new IllegalStateException("the system property ringdraft.program names the launcher");
    }
    return Path.of(launcher);
  }

  private static Program start(List<String> command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("COLLAB_"));
    builder.environment().putAll(environment);
    try {
      Path log = Files.createTempFile(folder, "program", ".log");
      return new Program(builder.redirectError(log.toFile()).start(), log);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Waits for the ready line, and gives the address that it names. */
  public String url() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
    }
    throw new AssertionError("ended without a ready line: " + errors());
  }

  /** Waits until the log holds a text. */
  public void awaitLog(String text) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!errors().contains(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no '%s' in: %s".formatted(text, errors()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** The process that serves; the launcher has become it. */
  public long pid() {
    return process.pid();
  }

  /** Sends SIGTERM, and leaves what it wrote to be read. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it as a power cut would: by no signal that could be handled. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  /** All that it wrote to standard output; after its end. */
  public List<String> output() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
    }
    return List.copyOf(said);
  }

  /** All that it has written to standard error. */
  public String errors() throws IOException {
    return Files.readString(log);
  }

  /** Ends it in order if it still runs, so that nothing of it is left. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(35, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
