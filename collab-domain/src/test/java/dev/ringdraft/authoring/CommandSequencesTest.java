package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Commands.add;
import static dev.ringdraft.testing.Commands.append;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.RingState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever people send: one holder, who may write; positions 0 … n-1, revisions 1 … n; the events
 * lead to the draft; a repeated command gets its first outcome and changes nothing; a refused one
 * changes nothing. {@code -Dringdraft.seed=N} plays one sequence again.
 */
final class CommandSequencesTest {
  private static final int SEQUENCES = 150;
  private static final int STEPS = 60;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatever_the_commands_are_the_rules_hold(int servers) {
    RandomSteps.seeds(SEQUENCES)
        .forEach(
            seed -> check(seed, RandomSteps.of(seed, STEPS), UnaryOperator.identity(), servers));
  }

  @Test
  void the_sequences_reach_every_kind_of_event_often() {
    Map<String, Integer> reached = new HashMap<>();
    for (long seed = 1; seed <= 60; seed++) {
      for (RecordedEvent event :
          CommandSequence.all(RandomSteps.of(seed, STEPS), UnaryOperator.identity(), 1)) {
        DraftEvent fact = event.event();
        String kind =
            fact instanceof RingPassed passed
                ? "RingPassed " + passed.reason()
                : fact.getClass().getSimpleName();
        reached.merge(kind, 1, Integer::sum);
      }
    }

    for (String kind :
        List.of(
            "SegmentAdded",
            "RingPassed PASSED",
            "RingPassed RETURNED",
            "CollaboratorAdded",
            "CollaboratorRemoved",
            "DraftUpdated")) {
      assertTrue(reached.getOrDefault(kind, 0) >= 10, () -> "reached only " + reached);
    }
  }

  @Test
  void one_seed_gives_one_sequence() {
    assertEquals(RandomSteps.of(7, STEPS), RandomSteps.of(7, STEPS));
    assertFalse(RandomSteps.of(7, STEPS).equals(RandomSteps.of(8, STEPS)));
  }

  @Test
  void a_store_that_lies_about_the_holder_is_found_in_two_steps() {
    AssertionError found =
        assertThrows(AssertionError.class, () -> findIn(CommandSequencesTest::letsAnyoneWrite, 1));

    List<Step> smallest = smallestOf(found);
    assertEquals(2, smallest.size(), found::getMessage);
    assertTrue(String.valueOf(found.getMessage()).contains("-Dringdraft.seed="));
  }

  @Test
  void a_store_that_forgets_receipts_is_found_in_one_step_that_is_repeated() {
    AssertionError found =
        assertThrows(AssertionError.class, () -> findIn(CommandSequencesTest::forgetsReceipts, 1));

    assertEquals(1, smallestOf(found).size(), found::getMessage);
  }

  @Test
  void a_store_that_forgets_a_lock_is_found_in_a_lock_and_what_it_forbids() {
    AssertionError found =
        assertThrows(AssertionError.class, () -> findIn(CommandSequencesTest::neverRests, 1));

    List<Step> smallest = smallestOf(found);
    assertTrue(smallest.size() <= 3, found::getMessage);
    assertEquals(1, smallest.stream().filter(CommandSequencesTest::isUpdate).count());
  }

  @Test
  void a_store_that_writes_a_repeated_command_again_is_found_in_one_step_that_is_repeated() {
    AssertionError found =
        assertThrows(AssertionError.class, () -> findIn(CommandSequencesTest::writesAgain, 1));

    assertEquals(1, smallestOf(found).size(), found::getMessage);
  }

  @Test
  void a_store_that_ignores_the_expected_revision_is_found_where_a_server_is_behind() {
    AssertionError found =
        assertThrows(AssertionError.class, () -> findIn(CommandSequencesTest::writesAnywhere, 2));

    assertTrue(smallestOf(found).size() <= 4, found::getMessage);
    assertDoesNotThrow(() -> findIn(CommandSequencesTest::writesAnywhere, 1));
  }

  @Test
  void a_failing_sequence_is_shrunk_to_the_steps_that_matter() {
    List<Integer> whole = IntStream.range(0, 200).boxed().toList();

    List<Integer> smallest =
        Shrinker.smallest(whole, steps -> steps.contains(17) && steps.contains(183));

    assertEquals(List.of(17, 183), smallest);
  }

  @Test
  void a_sequence_of_which_every_step_matters_stays_whole() {
    List<Integer> whole = List.of(1, 2, 3);

    assertEquals(whole, Shrinker.smallest(whole, whole::equals));
    assertEquals(List.of(), Shrinker.smallest(whole, steps -> true));
  }

  @Test
  void steps_say_the_same_whenever_they_come() {
    IdempotencyKey key = new IdempotencyKey("key");
    Step first = new Step(key, append(ANA));
    Step again =
        new Step(
            key, new AppendSegment(ANA, NOW, new NewSegment(new SegmentId("x"), "words"), null));

    assertTrue(first.saysTheSameAs(again));
    assertFalse(first.saysTheSameAs(new Step(key, append(ANA, "other"))));
    assertFalse(first.saysTheSameAs(new Step(key, add(ANA, BEN, Role.VIEWER))));
  }

  /** The smallest sequence that fails comes with the failure that it leads to. */
  private static final class Found extends AssertionError {
    private static final long serialVersionUID = 1L;
    private final transient List<Step> smallest;

    Found(long seed, List<Step> smallest, Throwable failure) {
      super(
          "-Dringdraft.seed=%d shows it; these steps are enough:%n%s"
              .formatted(
                  seed,
                  String.join(
                      System.lineSeparator(), smallest.stream().map(Step::toString).toList())),
          failure);
      this.smallest = smallest;
    }
  }

  private static boolean isUpdate(Step step) {
    return step.command() instanceof UpdateDraft;
  }

  private static List<Step> smallestOf(AssertionError found) {
    return assertInstanceOf(Found.class, found).smallest;
  }

  private static void findIn(UnaryOperator<DraftEventStore> inFront, int servers) {
    for (long seed = 1; seed <= SEQUENCES; seed++) {
      check(seed, RandomSteps.of(seed, STEPS), inFront, servers);
    }
  }

  private static void check(
      long seed, List<Step> steps, UnaryOperator<DraftEventStore> inFront, int servers) {
    if (failure(steps, inFront, servers) == null) {
      return;
    }
    List<Step> smallest = Shrinker.smallest(steps, part -> failure(part, inFront, servers) != null);
    Throwable failure = failure(smallest, inFront, servers);
    if (failure != null) {
      throw new Found(seed, smallest, failure);
    }
  }

  private static @Nullable Throwable failure(
      List<Step> steps, UnaryOperator<DraftEventStore> inFront, int servers) {
    try {
      CommandSequence.all(steps, inFront, servers);
      return null;
    } catch (AssertionError | RuntimeException failed) {
      return failed;
    }
  }

  /** Planted: whoever loads the draft and may write is told to hold the ring. */
  private static DraftEventStore letsAnyoneWrite(DraftEventStore sound) {
    return lying(
        sound,
        (head, command) ->
            head.draft().members().canWrite(command.actor())
                ? with(
                    head,
                    new RingState(
                        new Ring(command.actor(), head.ring().ring().term()),
                        head.ring().holdersHistory(),
                        head.ring().passedAt()),
                    head.status())
                : head);
  }

  /** Planted: a draft always looks active. */
  private static DraftEventStore neverRests(DraftEventStore sound) {
    return lying(sound, (head, command) -> with(head, head.ring(), DraftStatus.ACTIVE));
  }

  private interface Lie {
    DraftSummary told(DraftSummary truth, CommandKey command);
  }

  private static DraftSummary with(DraftSummary head, RingState ring, DraftStatus status) {
    return new DraftSummary(
        head.id(),
        head.creator(),
        head.title(),
        head.platform(),
        status,
        head.revision(),
        ring,
        head.turns(),
        head.collaborators(),
        head.segmentCount(),
        head.createdAt(),
        head.updatedAt());
  }

  private static DraftEventStore lying(DraftEventStore sound, Lie lie) {
    return new RelayingStore(sound) {
      @Override
      public Optional<DraftHead> load(DraftId draft, CommandKey command) {
        return super.load(draft, command)
            .map(head -> new DraftHead(lie.told(head.summary(), command), head.receipt()));
      }
    };
  }

  /** Planted: relies on whoever appends to have looked for the receipt. */
  static DraftEventStore writesAgain(DraftEventStore sound) {
    return new RelayingStore(sound) {
      @Override
      public AppendResult append(Commit commit) {
        AppendResult result = super.append(commit);
        return result instanceof CommandRepeated
            ? super.append(
                new Commit(
                    commit.draft(),
                    commit.expectedRevision(),
                    new CommandKey(commit.key().actor(), "again-" + commit.expectedRevision()),
                    commit.fingerprint(),
                    commit.after(),
                    commit.events()))
            : result;
      }
    };
  }

  /** Planted: writes on whatever revision the draft is at. */
  private static DraftEventStore writesAnywhere(DraftEventStore sound) {
    return new RelayingStore(sound) {
      @Override
      public AppendResult append(Commit commit) {
        return super.append(
            new Commit(
                commit.draft(),
                super.heads(List.of(commit.draft())).getOrDefault(commit.draft(), 0L),
                commit.key(),
                commit.fingerprint(),
                commit.after(),
                commit.events()));
      }
    };
  }

  /** Planted: nothing is remembered of a command. */
  private static DraftEventStore forgetsReceipts(DraftEventStore sound) {
    return new RelayingStore(sound) {
      @Override
      public Optional<DraftHead> load(DraftId draft, CommandKey command) {
        return super.load(draft, command.actor());
      }
    };
  }
}
