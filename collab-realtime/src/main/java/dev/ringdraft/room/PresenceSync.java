package dev.ringdraft.room;

import dev.ringdraft.presence.PresenceTracker;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Exchanges presence with other servers, and logs when that begins to fail and when it works again;
 * meanwhile only the users of this server are listed. For one thread at a time.
 */
final class PresenceSync {
  private static final System.Logger LOG = System.getLogger(PresenceSync.class.getName());

  private final PresenceTracker presence;
  private boolean failing;

  PresenceSync(PresenceTracker presence) {
    this.presence = presence;
  }

  void exchange(Instant now) {
    try {
      presence.exchange(now);
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
