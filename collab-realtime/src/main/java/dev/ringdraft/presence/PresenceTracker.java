package dev.ringdraft.presence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The presence in every draft of this server: its own connections, and by the presence store those
 * of other servers. A draft is remembered for as long as somebody of this server is shown in it, so
 * that the last who reloads is not missed either.
 *
 * <p>Safe for use by many threads; those of one draft take turns, those of two never wait for each
 * other, and only {@link #exchange} and {@link #lookUp} wait for the store.
 */
public final class PresenceTracker {
  private final int maxListed;
  private final Duration departureGrace;
  private final PresenceStore store;
  private final ConcurrentMap<DraftId, DraftPresence> drafts = new ConcurrentHashMap<>();

  /**
   * @param maxListed how many people of a draft are named at the most; the others are counted
   * @param departureGrace how long somebody who went is still shown
   */
  public PresenceTracker(int maxListed, Duration departureGrace, PresenceStore store) {
    this.maxListed = maxListed;
    this.departureGrace = departureGrace;
    this.store = store;
  }

  /** One more connection of a user. */
  public void arrived(DraftId draft, UserId user, Instant now) {
    drafts.compute(
        draft,
        (id, known) -> {
          DraftPresence presence =
              known == null ? new DraftPresence(maxListed, departureGrace) : known;
          presence.arrived(user, now);
          return presence;
        });
  }

  /** One connection of a user less. */
  public void departed(DraftId draft, UserConnection connection, Instant now) {
    drafts.computeIfPresent(
        draft,
        (id, presence) -> {
          presence.departed(connection, now);
          return presence;
        });
  }

  /** A connection says what its user does; a user who is not here says nothing. */
  public void setActivity(
      DraftId draft, UserConnection connection, Activity activity, Instant now) {
    drafts.computeIfPresent(
        draft,
        (id, presence) -> {
          presence.setActivity(connection, activity, now);
          return presence;
        });
  }

  /** The presence, as far as this server knows by itself and last read from the store. */
  public PresenceState state(DraftId draft, Instant now) {
    AtomicReference<PresenceState> state = new AtomicReference<>(PresenceState.EMPTY);
    drafts.computeIfPresent(
        draft,
        (id, presence) -> {
          state.set(presence.state(now));
          return presence;
        });
    return state.get();
  }

  /**
   * The presence; the store is asked when this server has no subscriber of the draft.
   *
   * @throws StoreUnavailableException when the store can't be read
   */
  public PresenceState lookUp(DraftId draft, Instant now) {
    if (drafts.containsKey(draft)) {
      return state(draft, now);
    }
    return store
        .readOthers(Set.of(draft))
        .getOrDefault(draft, PresenceState.EMPTY)
        .shown(maxListed);
  }

  /**
   * Publishes the presence of this server, and reads that of others. To be called about once a
   * second.
   *
   * @throws StoreUnavailableException when the store can't be reached; the presence read before
   *     holds for some time more
   */
  public void exchange(Instant now) {
    Map<DraftId, PresenceState> here = here(now);
    store.publish(here);
    Map<DraftId, PresenceState> elsewhere = store.readOthers(here.keySet());
    here.keySet()
        .forEach(
            draft ->
                drafts.computeIfPresent(
                    draft,
                    (id, presence) -> {
                      presence.mergeRemote(elsewhere.getOrDefault(id, PresenceState.EMPTY), now);
                      return presence;
                    }));
  }

  /** Who is at this server; drafts where nobody is are forgotten. */
  private Map<DraftId, PresenceState> here(Instant now) {
    Map<DraftId, PresenceState> here = new HashMap<>();
    drafts
        .keySet()
        .forEach(
            draft ->
                drafts.computeIfPresent(
                    draft,
                    (id, presence) -> {
                      PresenceState state = presence.here(now);
                      if (state.equals(PresenceState.EMPTY)) {
                        return null;
                      }
                      here.put(id, state);
                      return presence;
                    }));
    return here;
  }
}
