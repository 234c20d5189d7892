package dev.ringdraft.presence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import java.util.Collection;
import java.util.Map;

/**
 * Where each server shows who is connected to it, for the others to read. Port. What a server shows
 * is seen for a while after it last came by, and then no longer: so one that dies takes its people
 * with it, and one that stops leaves them the time to come back elsewhere.
 *
 * <p>Safe for use by many threads. Any method may throw {@link StoreUnavailableException}.
 */
public interface PresenceStore {
  /**
   * Shows this, and nothing else, from now on. To be said again within 10 s, changed or not.
   *
   * @param here somebody each
   */
  void publish(Map<DraftId, PresenceState> here);

  /** Who is at other servers, of those drafts where somebody is. */
  Map<DraftId, PresenceState> readOthers(Collection<DraftId> drafts);

  /** For a single server: nobody is elsewhere. */
  static PresenceStore none() {
    return new PresenceStore() {
      @Override
      public void publish(Map<DraftId, PresenceState> here) {}

      @Override
      public Map<DraftId, PresenceState> readOthers(Collection<DraftId> drafts) {
        return Map.of();
      }
    };
  }
}
