package dev.ringdraft.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Notifies systemd that requests succeed, where the unit has {@code Type=notify}. The program
 * {@code systemd-notify} sends it, since Java has no datagram sockets of Unix.
 */
final class SystemdNotification {
  private static final Logger LOG = System.getLogger(SystemdNotification.class.getName());
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final long PATIENCE_SECONDS = 10;

  private SystemdNotification() {}

  /** Sends it if the environment names a socket for it; waits until systemd has it. */
  static void ready(Map<String, String> environment) throws InterruptedException {
    if (!environment.containsKey(SOCKET)) {
      return;
    }
    try {
      Process notify =
          new ProcessBuilder("systemd-notify", "--ready")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!notify.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        notify.destroyForcibly();
        LOG.log(Level.WARNING, "systemd-notify took more than {0} s", PATIENCE_SECONDS);
      } else if (notify.exitValue() != 0) {
        LOG.log(Level.WARNING, "systemd-notify failed with exit code {0}", notify.exitValue());
      }
    } catch (IOException missing) {
      LOG.log(Level.WARNING, "systemd was not notified: {0}", missing.getMessage());
    }
  }
}
