package dev.ringdraft.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PresenceTrackerTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final DraftId TALE = new DraftId("tale");
  private static final DraftId SONG = new DraftId("song");
  private static final UserId ANA = new UserId("ana");
  private static final UserId BEN = new UserId("ben");
  private static final String TAB = "a tab";

  private final Board board = new Board();
  private final PresenceTracker attendances =
      new PresenceTracker(200, Duration.ofSeconds(10), board);

  private static Instant after(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private List<UserId> named(DraftId draft, Instant now) {
    return attendances.state(draft, now).users().stream().map(Present::user).toList();
  }

  @Test
  void what_happens_in_one_draft_is_not_seen_in_another() {
    attendances.arrived(TALE, ANA, NOON);
    attendances.setActivity(TALE, new UserConnection(ANA, TAB), Activity.TYPING, NOON);
    attendances.arrived(SONG, ANA, NOON);
    assertEquals(Activity.VIEWING, attendances.state(SONG, NOON).users().getFirst().activity());
    attendances.departed(SONG, new UserConnection(ANA, TAB), NOON);
    assertEquals(Activity.TYPING, attendances.state(TALE, NOON).users().getFirst().activity());
  }

  @Test
  void the_last_who_reloads_has_been_here_all_the_time() {
    attendances.arrived(TALE, ANA, NOON);
    attendances.departed(TALE, new UserConnection(ANA, TAB), after(60));
    attendances.exchange(after(65));
    attendances.arrived(TALE, ANA, after(69));
    assertEquals(NOON, attendances.state(TALE, after(70)).users().getFirst().since());
  }

  @Test
  void a_draft_is_taken_from_the_board_when_nobody_is_shown_in_it() {
    attendances.arrived(TALE, ANA, NOON);
    attendances.exchange(NOON);
    assertEquals(Map.of(TALE, people(present(ANA, 1))), board.shown);
    attendances.departed(TALE, new UserConnection(ANA, TAB), after(60));
    attendances.exchange(after(61));
    assertEquals(Map.of(TALE, people(present(ANA, 0))), board.shown);
    attendances.exchange(after(70));
    assertEquals(Map.of(), board.shown);
  }

  @Test
  void who_is_at_another_server_is_shown_and_goes() {
    attendances.arrived(TALE, ANA, NOON);
    board.elsewhere.put(TALE, somebody(BEN));
    attendances.exchange(after(2));
    assertEquals(List.of(ANA, BEN), named(TALE, after(2)));
    board.elsewhere.clear();
    attendances.exchange(after(3));
    assertEquals(List.of(ANA), named(TALE, after(3)));
  }

  @Test
  void while_the_board_is_away_others_are_shown_for_ten_seconds_and_our_own_for_ever() {
    attendances.arrived(TALE, ANA, NOON);
    board.elsewhere.put(TALE, somebody(BEN));
    attendances.exchange(NOON);
    board.isAway = true;
    assertThrows(StoreUnavailableException.class, () -> attendances.exchange(after(1)));
    assertEquals(List.of(ANA, BEN), named(TALE, after(9)));
    assertEquals(List.of(ANA), named(TALE, after(10)));
    board.isAway = false;
    attendances.exchange(after(11));
    assertEquals(List.of(ANA, BEN), named(TALE, after(11)));
  }

  @Test
  void who_looks_where_nobody_of_this_server_is_sees_those_of_others() {
    board.elsewhere.put(TALE, people(present(BEN, 0)));
    assertEquals(List.of(present(BEN, 1)), attendances.lookUp(TALE, NOON).users());
    assertEquals(PresenceState.EMPTY, attendances.lookUp(SONG, NOON));
  }

  @Test
  void who_looks_where_somebody_is_does_not_wait_for_the_board() {
    attendances.arrived(TALE, ANA, NOON);
    board.isAway = true;
    assertEquals(List.of(present(ANA, 1)), attendances.lookUp(TALE, NOON).users());
  }

  private static Present present(UserId user, int connections) {
    return new Present(user, connections, NOON, Activity.VIEWING);
  }

  private static PresenceState people(Present... people) {
    return new PresenceState(List.of(people), 0);
  }

  private static PresenceState somebody(UserId user) {
    return people(new Present(user, 1, after(1), Activity.VIEWING));
  }

  /** Keeps what it is shown, and says of others what the test says. */
  private static final class Board implements PresenceStore {
    final Map<DraftId, PresenceState> shown = new HashMap<>();
    final Map<DraftId, PresenceState> elsewhere = new HashMap<>();
    boolean isAway;

    @Override
    public void publish(Map<DraftId, PresenceState> here) {
      if (isAway) {
        throw new StoreUnavailableException("away", new IllegalStateException());
      }
      shown.clear();
      shown.putAll(here);
    }

    @Override
    public Map<DraftId, PresenceState> readOthers(Collection<DraftId> drafts) {
      Map<DraftId, PresenceState> asked = new HashMap<>(elsewhere);
      asked.keySet().retainAll(drafts);
      return asked;
    }
  }
}
