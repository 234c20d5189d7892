package dev.ringdraft.room;

import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.outage.OutageLog;
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
  private final OutageLog outage = new OutageLog(LOG, "the presence of other servers");
  private boolean faulty;

  PresenceSync(PresenceTracker presence) {
    this.presence = presence;
  }

  void exchange(Instant now) {
    try {
      presence.exchange(now);
      faulty = false;
      outage.succeeded();
    } catch (StoreUnavailableException unavailable) {
      outage.failed(String.valueOf(unavailable.getMessage()));
    } catch (RuntimeException fault) {
      if (!faulty) {
        LOG.log(Level.ERROR, "the presence of other servers can't be read; trying again", fault);
      }
      faulty = true;
    }
  }
}
