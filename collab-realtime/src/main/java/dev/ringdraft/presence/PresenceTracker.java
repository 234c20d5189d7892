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
 * Who is here, in every draft of this server: its own connections, and by way of the board those of
 * other servers. A draft is remembered for as long as somebody of this server is shown in it, so
 * that the last who reloads is not missed either.
 *
 * <p>Safe for use by many threads; those of one draft take turns, those of two never wait for each
 * other, and only {@link #exchange} and {@link #lookUp} wait for the board.
 */
public final class PresenceTracker {
  private final int maxListed;
  private final Duration departureGrace;
  private final PresenceStore board;
  private final ConcurrentMap<DraftId, DraftPresence> drafts = new ConcurrentHashMap<>();

  /**
   * @param maxListed how many people of a draft are named at the most; the others are counted
   * @param departureGrace how long somebody who went is still shown
   */
  public PresenceTracker(int maxListed, Duration departureGrace, PresenceStore board) {
    this.maxListed = maxListed;
    this.departureGrace = departureGrace;
    this.board = board;
  }

  /** One more connection of a user. */
  public void arrived(DraftId draft, UserId user, Instant now) {
    drafts.compute(
        draft,
        (id, known) -> {
          DraftPresence attendance =
              known == null ? new DraftPresence(maxListed, departureGrace) : known;
          attendance.arrived(user, now);
          return attendance;
        });
  }

  /** One connection of a user less. */
  public void departed(DraftId draft, UserId user, Object connection, Instant now) {
    drafts.computeIfPresent(
        draft,
        (id, attendance) -> {
          attendance.departed(user, connection, now);
          return attendance;
        });
  }

  /**
   * A connection says what its user does; a user who is not here says nothing.
   *
   * @param connection which of the user's it is, by identity or equality
   */
  public void setActivity(
      DraftId draft, UserId user, Object connection, Activity activity, Instant now) {
    drafts.computeIfPresent(
        draft,
        (id, attendance) -> {
          attendance.setActivity(user, connection, activity, now);
          return attendance;
        });
  }

  /** Who is here, as far as this server knows by itself and heard from the board. */
  public PresenceState state(DraftId draft, Instant now) {
    AtomicReference<PresenceState> state = new AtomicReference<>(PresenceState.EMPTY);
    drafts.computeIfPresent(
        draft,
        (id, attendance) -> {
          state.set(attendance.state(now));
          return attendance;
        });
    return state.get();
  }

  /**
   * Who is here; the board is asked when nobody of this server is.
   *
   * @throws StoreUnavailableException when the board can't be read
   */
  public PresenceState lookUp(DraftId draft, Instant now) {
    if (drafts.containsKey(draft)) {
      return state(draft, now);
    }
    return board
        .readOthers(Set.of(draft))
        .getOrDefault(draft, PresenceState.EMPTY)
        .shown(maxListed);
  }

  /**
   * Shows the board who is at this server, and hears who is at others. To be called about once a
   * second.
   *
   * @throws StoreUnavailableException when the board can't be reached; what was heard before holds
   *     for some time more
   */
  public void exchange(Instant now) {
    Map<DraftId, PresenceState> here = here(now);
    board.publish(here);
    Map<DraftId, PresenceState> elsewhere = board.readOthers(here.keySet());
    here.keySet()
        .forEach(
            draft ->
                drafts.computeIfPresent(
                    draft,
                    (id, attendance) -> {
                      attendance.mergeRemote(elsewhere.getOrDefault(id, PresenceState.EMPTY), now);
                      return attendance;
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
                    (id, attendance) -> {
                      PresenceState state = attendance.here(now);
                      if (state.equals(PresenceState.EMPTY)) {
                        return null;
                      }
                      here.put(id, state);
                      return attendance;
                    }));
    return here;
  }
}
