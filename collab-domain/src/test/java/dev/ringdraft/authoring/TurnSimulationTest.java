package dev.ringdraft.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.TurnSimulation.Parts;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RevokeRing;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.member.UserId;
import dev.ringdraft.turn.Attendance;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import dev.ringdraft.view.DraftSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of turns, T1 to T8, hold however people write, servers fail and time passes: see {@link
 * TurnSimulation}. {@code -Dringdraft.seed=N} plays one sequence again, {@code
 * -Dringdraft.turn.seeds=N} others than {@value #SEEDS_BY_DEFAULT} of them, {@code
 * -Dringdraft.turn.steps=N} others than {@value #STEPS_BY_DEFAULT} steps each.
 */
final class TurnSimulationTest {
  private static final int SEEDS_BY_DEFAULT = 200;
  private static final int STEPS_BY_DEFAULT = 2_000;
  private static final int SEEDS = Integer.getInteger("ringdraft.turn.seeds", SEEDS_BY_DEFAULT);
  private static final int STEPS = Integer.getInteger("ringdraft.turn.steps", STEPS_BY_DEFAULT);

  @Test
  void whatever_people_and_servers_do_the_rules_of_turns_hold() {
    RandomSteps.seeds(SEEDS).forEach(seed -> check(seed, STEPS, Parts.sound()));
  }

  @Test
  void the_simulation_reaches_every_end_of_a_turn_and_every_reason_often() {
    Map<String, Integer> reached = new HashMap<>();
    for (long seed = 1; seed <= 20; seed++) {
      for (DraftEvent event : TurnSimulation.play(seed, steps(seed, STEPS), Parts.sound())) {
        reached.merge(kindOf(event), 1, Integer::sum);
      }
    }

    for (String kind :
        List.of(
            "SegmentAdded",
            "RingPassed PASSED",
            "RingPassed RETURNED",
            "RingPassed REVOKED",
            "RingPassed TURN_COMPLETE",
            "RingPassed TIMED_OUT",
            "RingRequested",
            "RingRequestRemoved WITHDRAWN",
            "RingRequestRemoved DECLINED",
            "CollaboratorAdded",
            "CollaboratorRemoved",
            "CollaboratorUpdated SELF",
            "CollaboratorUpdated CREATOR",
            "CollaboratorUpdated MISSED_TURNS",
            "CollaboratorUpdated ACTIVE_AGAIN",
            "DraftUpdated")) {
      assertTrue(reached.getOrDefault(kind, 0) >= 50, () -> "reached only " + reached);
    }
  }

  @Test
  void one_seed_gives_one_sequence() {
    assertEquals(
        TurnSimulation.play(7, steps(7, 100), Parts.sound()),
        TurnSimulation.play(7, steps(7, 100), Parts.sound()));
    assertNotEquals(steps(7, 100), steps(8, 100));
  }

  /** Faults that are built into a part of the system, each with the rule that it breaks. */
  static Stream<Arguments> faults() {
    Parts sound = Parts.sound();
    return Stream.of(
        planted("a term fence dropped", "T6", sound.withCommands(Planted::withoutTerm)),
        planted("found a second early", "T2", sound.withStoreAhead(Duration.ofSeconds(1))),
        planted("clocks not corrected", "T2", sound.withoutCorrection()),
        planted("a pause at the cost of the next turn", "T2", sound.withStampsOfFindings()),
        planted("a request stays when granted", "T4", Planted.showing(Planted::lastHolderWaits)),
        planted("the youngest request first", "T4", Planted.showing(Planted::queueReversed)),
        planted("round robin skips", "T3", Planted.showing(Planted::roundRobinForgotten)),
        planted("a member who is away is chosen", "eligible", Planted.attended(Planted::there)),
        planted("a member who acts stays away", "T5", Planted.attended(Planted::there)),
        planted("missed turns never reset", "missed", Planted.attended(Planted::missesAlways)),
        planted("a key ignored", "T7", sound.withOptions(options -> CommandOptions.none())),
        planted(
            "a repeated command written again",
            "T7",
            sound.withStore(CommandSequencesTest::writesAgain)));
  }

  private static Arguments planted(String name, String rule, Parts parts) {
    return Arguments.of(name, rule, parts);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_planted_fault_is_found_by_the_rule_that_it_breaks(String name, String rule, Parts parts) {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () -> {
              for (long seed = 1; seed <= SEEDS; seed++) {
                checkFor(rule, seed, parts);
              }
            });

    String message = String.valueOf(found.getMessage());
    assertTrue(message.contains("-Dringdraft.seed="), message);
    assertTrue(message.contains(rule + ": "), message);
  }

  @Test
  void a_failing_sequence_is_shrunk_to_the_steps_that_matter() {
    AssertionError found =
        assertThrows(
            AssertionError.class,
            () -> check(1, 100, Parts.sound().withOptions(options -> CommandOptions.none())));

    String message = String.valueOf(found.getMessage());
    assertTrue(message.contains("so does this part of it, 1 of 100 steps: T7: "), message);
  }

  /** What is wrong in a part. */
  private static final class Planted {
    private Planted() {}

    static DraftCommand withoutTerm(DraftCommand command) {
      return switch (command) {
        case AppendSegment c -> new AppendSegment(c.actor(), c.at(), c.segment(), null);
        case PassRing c -> new PassRing(c.actor(), c.at(), c.to(), null);
        case RevokeRing c -> new RevokeRing(c.actor(), c.at(), c.to(), null);
        case DraftCommand other -> other;
      };
    }

    static DraftSummary lastHolderWaits(DraftSummary head) {
      List<UserId> holders = head.ring().holdersHistory();
      UserId last = holders.size() < 2 ? null : holders.get(holders.size() - 2);
      Turns turns = head.turns();
      return last == null || turns.placeOf(last) >= 0 || !head.draft().members().canWrite(last)
          ? head
          : with(head, turns.requested(new RingRequest(last, head.updatedAt())));
    }

    static DraftSummary queueReversed(DraftSummary head) {
      Turns turns = head.turns();
      return with(
          head,
          new Turns(
              turns.policy(),
              turns.startedAt(),
              turns.firstPosition(),
              turns.requests().reversed(),
              turns.attendance()));
    }

    static DraftSummary roundRobinForgotten(DraftSummary head) {
      TurnPolicy policy = head.turns().policy();
      return policy.order() == TurnOrder.ROUND_ROBIN
          ? with(head, head.turns().under(policy.in(TurnOrder.MANUAL)))
          : head;
    }

    static Attendance there(Attendance attendance) {
      return new Attendance(attendance.lastTerm(), attendance.missed(), false);
    }

    static Attendance missesAlways(Attendance attendance) {
      return new Attendance(attendance.lastTerm(), attendance.missed() + 1, attendance.away());
    }

    /** Loads show other attendance of the members than the log says. */
    static Parts attended(UnaryOperator<Attendance> change) {
      return showing(head -> attended(head, change));
    }

    private static DraftSummary attended(DraftSummary head, UnaryOperator<Attendance> change) {
      Turns turns = head.turns();
      Map<UserId, Attendance> attendance = new HashMap<>(turns.attendance());
      attendance.replaceAll((user, each) -> change.apply(each));
      return with(
          head,
          new Turns(
              turns.policy(),
              turns.startedAt(),
              turns.firstPosition(),
              turns.requests(),
              attendance));
    }

    /** Loads show something else than the log says. */
    static Parts showing(UnaryOperator<DraftSummary> lie) {
      return Parts.sound()
          .withStore(
              sound ->
                  new RelayingStore(sound) {
                    @Override
                    public Optional<DraftHead> load(DraftId draft, CommandKey command) {
                      return super.load(draft, command)
                          .map(head -> new DraftHead(lie.apply(head.summary()), head.receipt()));
                    }
                  });
    }

    private static DraftSummary with(DraftSummary head, Turns turns) {
      return new DraftSummary(
          head.id(),
          head.creator(),
          head.title(),
          head.platform(),
          head.status(),
          head.revision(),
          head.ring(),
          turns,
          head.collaborators(),
          head.segmentCount(),
          head.createdAt(),
          head.updatedAt());
    }
  }

  private static void check(long seed, int count, Parts parts) {
    List<Long> steps = steps(seed, count);
    AssertionError failure = failure(seed, steps, parts);
    if (failure != null) {
      List<Long> smallest = Shrinker.smallest(steps, part -> failure(seed, part, parts) != null);
      throw found(seed, count, smallest, parts);
    }
  }

  /** A fault may break several rules; this looks for sequences in which it breaks this one. */
  private static void checkFor(String rule, long seed, Parts parts) {
    AssertionError failure = failure(seed, steps(seed, STEPS), parts);
    if (failure != null && String.valueOf(failure.getMessage()).startsWith(rule + ": ")) {
      throw new AssertionError("-Dringdraft.seed=" + seed + " shows it: " + failure.getMessage());
    }
  }

  private static AssertionError found(long seed, int all, List<Long> smallest, Parts parts) {
    AssertionError failure = failure(seed, smallest, parts);
    return new AssertionError(
        "-Dringdraft.seed=%d shows it; so does this part of it, %d of %d steps: %s"
            .formatted(seed, smallest.size(), all, failure == null ? "" : failure.getMessage()),
        failure);
  }

  private static @Nullable AssertionError failure(long seed, List<Long> steps, Parts parts) {
    try {
      TurnSimulation.play(seed, steps, parts);
      return null;
    } catch (AssertionError failed) {
      return failed;
    }
  }

  private static List<Long> steps(long seed, int count) {
    return new Random(-seed).longs(count).boxed().toList();
  }

  private static String kindOf(DraftEvent event) {
    String kind = event.getClass().getSimpleName();
    return switch (event) {
      case RingPassed e -> kind + " " + e.reason();
      case RingRequestRemoved e -> kind + " " + e.reason();
      case CollaboratorUpdated e -> kind + " " + e.reason();
      case DraftEvent other -> kind;
    };
  }
}
