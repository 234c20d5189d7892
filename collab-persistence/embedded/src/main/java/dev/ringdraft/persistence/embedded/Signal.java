package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Signals that Java itself can't send. */
final class Signal {
  private Signal() {}

  /** Asks a server to roll back what is open, write all down and end: SIGINT. */
  static void fastShutdown(ProcessHandle server) {
    try {
      Programs.start(
          List.of("sh", "-c", "kill -INT \"$0\"", Long.toString(server.pid())),
          Path.of("/dev/null"));
    } catch (IOException noShell) {
      server.destroy();
    }
  }
}
