package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's process on this machine, read from Linux's {@code /proc}. */
record ServerProcess(long pid) {
  /** Linux counts CPU time in hundredths of a second on every architecture. */
  private static final long TICK_MILLIS = 10;

  ServerProcess {
    if (!Files.isReadable(Path.of("/proc/%d/stat".formatted(pid)))) {
      throw new BenchException("pid: %d (expected: a process of this Linux)".formatted(pid));
    }
  }

  /** CPU time so far, in user and system mode. */
  long cpuMillis() {
    String line = lines("stat").getFirst();
    // The name, in parentheses, may hold anything; utime and stime are fields 14 and 15.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
  }

  /** Resident memory: VmRSS. */
  long residentBytes() {
    return lines("status").stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> ended(null));
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of("/proc/%d/%s".formatted(pid, file)));
    } catch (IOException unreadable) {
      throw ended(unreadable);
    }
  }

  private BenchException ended(@Nullable Throwable cause) {
    return new BenchException("the server's process %d is gone".formatted(pid), cause);
  }
}
