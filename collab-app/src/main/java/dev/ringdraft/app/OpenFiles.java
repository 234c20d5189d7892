package dev.ringdraft.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, so network connections, this process may have open at once. */
final class OpenFiles {
  /** For jars, the database's connections and whatever else a Java machine opens. */
  private static final int OTHERS = 500;

  private OpenFiles() {}

  /** How many of them may be network connections; at least one. */
  static int forConnections() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      return Math.clamp(system.getMaxFileDescriptorCount() - OTHERS, 1, Integer.MAX_VALUE);
    }
    return Integer.MAX_VALUE;
  }
}
