package dev.ringdraft.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in {@code postmaster.pid}: its process id on the first line, its
 * state on the eighth.
 *
 * @param ready whether it takes connections
 */
record PidFile(long pid, boolean ready) {
  private static final int STATE_LINE = 7;

  /** Empty when there is no such file, or it isn't written to the end. */
  static Optional<PidFile> read(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      boolean ready = lines.size() > STATE_LINE && lines.get(STATE_LINE).strip().equals("ready");
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new PidFile(Long.parseLong(lines.getFirst().strip()), ready));
    } catch (NoSuchFileException | NumberFormatException nothingYet) {
      return Optional.empty();
    }
  }

  /** Whether it speaks of this process, and that takes connections. */
  boolean isReady(Process server) {
    return ready && pid == server.pid();
  }

  /** The living process of that number, whatever it is. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }
}
