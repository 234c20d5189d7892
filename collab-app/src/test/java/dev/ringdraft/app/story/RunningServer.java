package dev.ringdraft.app.story;

import dev.ringdraft.app.Program;
import dev.ringdraft.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program on a free port, ready to be used. */
final class RunningServer implements AutoCloseable {
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
  static RunningServer start(Path folder, DatabaseSettings database) throws IOException {
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
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--http.port=0");
    all.add("--limit.requests-per-second=1000000");
    all.add("--limit.requests-burst-max-count=1000000");
    Program program = Program.start(folder, environment, all.toArray(String[]::new));
    return new RunningServer(program, program.url());
  }

  /** Such as {@code http://127.0.0.1:41234}. */
  String url() {
    return url;
  }

  void kill() throws InterruptedException {
    program.kill();
  }

  /** Stops it as an operator would, and gives its exit code. */
  int stop() throws InterruptedException {
    program.terminate();
    return program.exitCode();
  }

  @Override
  public void close() {
    program.close();
  }
}
