package dev.ringdraft.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.Turns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of turns hold in all short sequences of commands of three members: see {@link
 * AllTurnSequences}. {@code -Dringdraft.turn.depth=N} tries longer ones, {@code
 * -Dringdraft.turn.path=ORDER:N.N.N} plays one of them again.
 */
final class AllTurnSequencesTest {
  private static final int DEPTH = Integer.getInteger("ringdraft.turn.depth", 6);
  private static final Pattern REPLAY =
      Pattern.compile("-Dringdraft\\.turn\\.path=(\\S+) plays these \\d+ steps again");
  private static final String PATH = System.getProperty("ringdraft.turn.path", "");

  @ParameterizedTest
  @EnumSource
  void in_every_short_sequence_the_rules_of_turns_hold(TurnOrder order) {
    if (PATH.isEmpty()) {
      System.out.println(AllTurnSequences.upTo(DEPTH, order, UnaryOperator.identity()));
    } else if (PATH.startsWith(order + ":")) {
      System.out.println(AllTurnSequences.play(order, pathOf(PATH), UnaryOperator.identity()));
    }
  }

  @Test
  void a_member_who_acts_and_stays_away_is_found() {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () ->
                AllTurnSequences.upTo(
                    4, TurnOrder.ROUND_ROBIN, AllTurnSequencesTest::withEverybodyThere));

    assertIsFoundBy("T5: ", 2, found);
  }

  @Test
  void a_younger_request_that_is_granted_first_is_found() {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () ->
                AllTurnSequences.upTo(
                    4, TurnOrder.REQUESTS_FIRST, AllTurnSequencesTest::withTheQueueReversed));

    assertIsFoundBy("T4: ", 3, found);
  }

  @Test
  void a_round_that_skips_a_member_is_found() {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () ->
                AllTurnSequences.upTo(
                    4, TurnOrder.ROUND_ROBIN, AllTurnSequencesTest::withTheLastMemberFirst));

    assertIsFoundBy("T3: ", 1, found);
  }

  private static void assertIsFoundBy(String rule, int steps, AssertionError found) {
    String message = String.valueOf(found.getMessage());
    assertTrue(message.startsWith(rule), message);
    Matcher path = REPLAY.matcher(message);
    assertTrue(path.find(), message);
    assertEquals(steps, pathOf(path.group(1)).size(), message);
  }

  private static List<Integer> pathOf(String path) {
    return Stream.of(path.substring(path.indexOf(':') + 1).split("\\."))
        .map(Integer::valueOf)
        .toList();
  }

  private static Draft withEverybodyThere(Draft draft) {
    Turns turns = draft.turns();
    for (UserId user : turns.away()) {
      turns = turns.withAway(user, false);
    }
    return with(draft, draft.members(), turns);
  }

  private static Draft withTheQueueReversed(Draft draft) {
    Turns turns = draft.turns();
    return with(
        draft,
        draft.members(),
        new Turns(
            turns.policy(),
            turns.startedAt(),
            turns.firstPosition(),
            turns.requests().reversed(),
            turns.attendance()));
  }

  private static Draft withTheLastMemberFirst(Draft draft) {
    Members members = draft.members();
    Map<UserId, Role> reversed = new LinkedHashMap<>();
    members.inJoiningOrder().reversed().stream()
        .filter(user -> !members.isCreator(user))
        .forEach(user -> reversed.put(user, members.collaborators().get(user)));
    return with(draft, new Members(members.creator(), reversed), draft.turns());
  }

  private static Draft with(Draft draft, Members members, Turns turns) {
    return new Draft(members, draft.ring(), draft.status(), draft.segmentCount(), turns);
  }
}
