package dev.ringdraft.room;

import dev.ringdraft.presence.PresenceTracker;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Exchanges with other servers who is here, and says when that begins to fail and when it succeeds
 * again; meanwhile only our own people are shown. For one thread at a time.
 */
final class PresenceSync {
  private static final System.Logger LOG = System.getLogger(PresenceSync.class.getName());

  private final PresenceTracker attendances;
  private boolean failing;

  PresenceSync(PresenceTracker attendances) {
    this.attendances = attendances;
  }

  void exchange(Instant now) {
    try {
      attendances.exchange(now);
      if (failing) {
        LOG.log(Level.INFO, "people at other servers are shown again");
      }
      failing = false;
    } catch (RuntimeException failed) {
      if (!failing) {
        LOG.log(Level.WARNING, "people at other servers can't be shown; trying again", failed);
      }
      failing = true;
    }
  }
}
