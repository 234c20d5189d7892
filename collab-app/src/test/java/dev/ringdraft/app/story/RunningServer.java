package dev.ringdraft.app.story;

import dev.ringdraft.app.Program;
import dev.ringdraft.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The program on a free port, ready to be used. */
final class RunningServer implements AutoCloseable {
  private static final List<String> WHOEVER_COMES =
      List.of(
          "--http.port=0",
          "--limit.requests-per-second=1000000",
          "--limit.requests-burst-max-count=1000000",
          "--limit.handshakes-per-address-per-second=1000000");

  private final Program program;
  private final String url;

  private RunningServer(Program program, String url) {
    this.program = program;
    this.url = url;
  }

  /** Starts it in a folder, where its data may be from before; nobody is too quick for it. */
  static RunningServer start(Path folder, String... options) throws IOException {
    return start(folder, Map.of(), options);
  }

  /** The same on a database that others may use, too. */
  static RunningServer start(Path folder, EmbeddedPostgres database) throws IOException {
    return start(
        folder,
        Map.of(
            "COLLAB_DATABASE_URL",
            database.url(),
            "COLLAB_DATABASE_USER",
            database.user(),
            "COLLAB_DATABASE_PASSWORD",
            database.password()));
  }

  private static RunningServer start(
      Path folder, Map<String, String> environment, String... options) throws IOException {
    List<String> all = new ArrayList<>(WHOEVER_COMES);
    all.addAll(List.of(options));
    Program program = Program.start(folder, environment, all.toArray(String[]::new));
    return new RunningServer(program, program.url());
  }

  /** Such as {@code http://127.0.0.1:41234}. */
  String url() {
    return url;
  }

  /** What an operator reads of it, such as {@code /health/ready}: the status and the body. */
  String shown(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        Person.HTTP.send(
            HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** Waits until a page for operators matches. */
  void awaitShown(String path, Pattern wanted, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    String shown = shown(path);
    while (!wanted.matcher(shown).find()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no '%s' in: %s".formatted(wanted, shown));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      shown = shown(path);
    }
  }

  /** The process that serves. */
  long pid() {
    return program.pid();
  }

  void kill() throws InterruptedException {
    program.kill();
  }

  /** Tells it to stop as an operator would. */
  void terminate() {
    program.terminate();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    return program.exitCode();
  }

  /** Stops it as an operator would, and gives its exit code. */
  int stop() throws InterruptedException {
    terminate();
    return exitCode();
  }

  @Override
  public void close() {
    program.close();
  }
}
