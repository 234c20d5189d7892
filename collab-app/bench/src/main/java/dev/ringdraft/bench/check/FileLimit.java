package dev.ringdraft.bench.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The operating system's limit on open files, and so on connections, of this process. */
public final class FileLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  /** Files that a Java virtual machine opens besides connections. */
  private static final int OTHERS = 200;

  private FileLimit() {}

  /**
   * Checks that this process may open as many connections.
   *
   * @throws BenchException if the limit is lower
   */
  public static void requireConnections(int connections) {
    long needed = (long) connections + OTHERS;
    long limit = limit();
    if (needed > limit) {
      throw new BenchException(
          "%d connections need %d open files, and this shell allows %d; say ulimit -n %d first, and the same where the server starts"
              .formatted(connections, needed, limit, needed));
    }
  }

  private static long limit() {
    if (!Files.isReadable(LIMITS)) {
      return Long.MAX_VALUE;
    }
    try {
      return Files.readAllLines(LIMITS).stream()
          .filter(line -> line.startsWith(LINE))
          .map(line -> line.substring(LINE.length()).strip().split("\\s+", 2)[0])
          .filter(soft -> soft.chars().allMatch(Character::isDigit))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
