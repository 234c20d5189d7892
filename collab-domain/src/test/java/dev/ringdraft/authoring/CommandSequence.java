package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.KeyReused;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.testing.Commands;
import dev.ringdraft.view.DraftView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Plays a sequence of steps on a draft of ANA's, and after each step asserts what must hold
 * whatever the commands are. What must hold is said here once more, in other words than the
 * domain's.
 */
final class CommandSequence {
  /** Limits that a short sequence reaches. */
  static final DraftLimits NARROW = new DraftLimits(20, 20, 3, 12);

  private final InMemoryDraftEventStore log = new InMemoryDraftEventStore();
  private final List<RecordedEvent> told = new ArrayList<>();
  private final Map<CommandKey, Step> firstSteps = new HashMap<>();
  private final Map<CommandKey, Committed> firstOutcomes = new HashMap<>();
  private final List<DraftCommands> servers;
  private final DraftId draft;

  private CommandSequence(UnaryOperator<DraftEventStore> inFront, int servers) {
    DraftEventStore store = inFront.apply(log);
    this.servers =
        Stream.generate(
                () -> new DraftCommands(store, told::addAll, NARROW, () -> "id-" + told.size()))
            .limit(servers)
            .toList();
    Outcome created = this.servers.getFirst().create(Commands.begin(ANA), CommandOptions.none());
    draft = assertInstanceOf(Committed.class, created).draft();
  }

  /**
   * Plays them all.
   *
   * @param inFront what stands between the commands and the log
   * @param servers how many there are; each step goes to one, so with two of them what a server
   *     remembers of the draft is often behind
   * @return what happened
   * @throws AssertionError when something does not hold
   */
  static List<RecordedEvent> all(
      List<Step> steps, UnaryOperator<DraftEventStore> inFront, int servers) {
    CommandSequence play = new CommandSequence(inFront, servers);
    steps.forEach(step -> play.step(step, 0));
    steps.forEach(play::repeat);
    return play.events();
  }

  private void step(Step step, int round) {
    List<RecordedEvent> before = events();
    CommandKey key = keyOf(step);
    Committed firstOutcome = firstOutcomes.get(key);

    Outcome outcome =
        server(step, round).handle(draft, step.command(), CommandOptions.once(step.key()));

    if (firstOutcome != null) {
      assertIsRemembered(step, firstOutcome, outcome);
      assertEquals(before, events(), "a repeated command wrote something");
    } else if (outcome instanceof Committed committed) {
      firstOutcomes.put(key, committed);
      firstSteps.put(key, step);
      assertEquals(false, committed.replayed(), "a first outcome is said to be a repeated one");
      List<RecordedEvent> grown = new ArrayList<>(before);
      grown.addAll(committed.events());
      assertEquals(grown, events(), "the log did not grow by what was answered");
    } else {
      assertInstanceOf(Refused.class, outcome);
      assertEquals(before, events(), "a refused command wrote something");
    }
    assertHolds();
  }

  /** What was committed once gets its first outcome at any later time. */
  private void repeat(Step step) {
    if (firstOutcomes.containsKey(keyOf(step))) {
      step(step, 1);
    }
  }

  /** The same one whatever other steps there are, so that a failure can be shrunk. */
  private DraftCommands server(Step step, int round) {
    int spread = (step.key().hashCode() * 0x9E3779B9) >>> 16;
    return servers.get((spread + round) % servers.size());
  }

  private void assertIsRemembered(Step step, Committed firstOutcome, Outcome outcome) {
    Step first = firstSteps.get(keyOf(step));
    if (first != null && step.saysTheSameAs(first)) {
      assertEquals(
          new Committed(draft, firstOutcome.epoch(), firstOutcome.events(), true),
          outcome,
          "a repeated command got another outcome");
    } else {
      assertEquals(new KeyReused(), outcome, "another command got through under a used key");
    }
  }

  private void assertHolds() {
    List<RecordedEvent> events = events();
    DraftHead head = log.load(draft, ANA).orElseThrow();
    assertEquals(
        Draft.replay(events.stream().map(RecordedEvent::event).toList()),
        head.draft(),
        "the events lead to another draft than the one that was kept");
    assertEquals(events.size(), head.revision());
    assertTrue(head.draft().members().canWrite(head.draft().ring().holder()));
    assertEquals(DraftView.replay(events), log.view(draft).orElseThrow());
    assertEquals(DraftView.replay(events).summary(), log.summary(draft).orElseThrow());
    assertEquals(events, told, "what was told is not what was committed");
    Audit.of(events);
  }

  private List<RecordedEvent> events() {
    return log.readAfter(draft, 0, Integer.MAX_VALUE);
  }

  private static CommandKey keyOf(Step step) {
    return new CommandKey(step.command().actor(), step.key().value());
  }

  /** Goes through a log and knows nothing of drafts but what it has just read. */
  private static final class Audit {
    private final Map<UserId, Role> members = new HashMap<>();
    private UserId holder = ANA;
    private DraftStatus status = DraftStatus.ACTIVE;
    private long term = 1;
    private int segments;

    static void of(List<RecordedEvent> events) {
      Audit audit = new Audit();
      for (int i = 0; i < events.size(); i++) {
        assertEquals(i + 1L, events.get(i).revision(), "a revision is missing or doubled");
        audit.read(events.get(i));
        assertEquals(Role.CONTRIBUTOR, audit.members.get(audit.holder), "the holder may not write");
      }
    }

    private void read(RecordedEvent recorded) {
      switch (recorded.event()) {
        case DraftCreated e -> {
          assertEquals(1, recorded.revision());
          members.put(e.actor(), Role.CONTRIBUTOR);
        }
        case SegmentAdded e -> {
          assertEquals(holder, e.segment().author(), "written without the ring");
          assertEquals(DraftStatus.ACTIVE, status, "written while the ring rests");
          assertEquals(segments, e.segment().position(), "a position is missing or doubled");
          segments++;
          assertTrue(segments <= NARROW.maxSegments());
        }
        case RingPassed e -> pass(e);
        case CollaboratorAdded e -> {
          assertEquals(ANA, e.actor());
          assertEquals(null, members.put(e.user(), e.role()), "added twice");
          assertTrue(members.size() - 1 <= NARROW.maxCollaborators());
        }
        case CollaboratorRemoved e -> {
          assertTrue(e.actor().equals(ANA) || e.actor().equals(e.user()));
          assertTrue(members.remove(e.user()) != null, "removed who is no member");
        }
        case DraftUpdated e -> {
          assertEquals(ANA, e.actor());
          status = e.change().status() == null ? status : e.change().status();
        }
        case CollaboratorUpdated e -> throw new AssertionError("no step leads to " + e);
        case RingRequested e -> throw new AssertionError("no step leads to " + e);
        case RingRequestRemoved e -> throw new AssertionError("no step leads to " + e);
      }
    }

    private void pass(RingPassed e) {
      assertEquals(holder, e.from(), "passed without holding");
      assertEquals(term + 1, e.term(), "a term is missing or doubled");
      if (e.reason() == PassReason.PASSED) {
        assertEquals(DraftStatus.ACTIVE, status, "passed while the ring rests");
        assertEquals(holder, e.actor(), "passed by another");
      } else {
        assertEquals(ANA, e.to(), "returned to another than the creator");
      }
      assertTrue(!e.from().equals(e.to()), "passed to the holder");
      holder = e.to();
      term = e.term();
    }
  }
}
