package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.FaultInjectingStore.Append;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.KeyReused;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.TimeOutTurn;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.draft.TurnAudit;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Two or three servers on one store, and three to six people who write by turns, with a clock that
 * moves as the steps say. A server crashes, is paused between finding an overdue turn and ending
 * it, loses answers of the store, is overtaken by another while it commits, and has a clock that is
 * wrong by up to a minute. After each step T1 to T8 are asserted: see {@link TurnAudit}.
 *
 * <p>What a step does depends on its own seed and on where the draft is then, so that any part of a
 * sequence is a sequence. For one thread, once.
 */
final class TurnSimulation {
  private static final List<UserId> PEOPLE = List.of(ANA, BEN, CLEO, VERA, ZED, new UserId("dan"));
  private static final int MAX_SKEW_SECONDS = 60;

  /** Most turns that a server ends after one look. */
  private static final int LOOK = 10;

  /** What the simulated system consists of; a planted fault replaces a part. */
  record Parts(
      UnaryOperator<DraftEventStore> inFront,
      UnaryOperator<DraftCommand> command,
      UnaryOperator<CommandOptions> options,
      Duration storeAhead,
      boolean corrected,
      boolean stampedWhenFound) {
    static Parts sound() {
      return new Parts(
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          Duration.ZERO,
          true,
          false);
    }

    /** Something stands between the servers and the log. */
    Parts withStore(UnaryOperator<DraftEventStore> other) {
      return new Parts(other, command, options, storeAhead, corrected, stampedWhenFound);
    }

    /** The servers understand commands otherwise. */
    Parts withCommands(UnaryOperator<DraftCommand> other) {
      return new Parts(inFront, other, options, storeAhead, corrected, stampedWhenFound);
    }

    /** The servers understand options otherwise. */
    Parts withOptions(UnaryOperator<CommandOptions> other) {
      return new Parts(inFront, command, other, storeAhead, corrected, stampedWhenFound);
    }

    /** Overdue turns are found so much too early. */
    Parts withStoreAhead(Duration ahead) {
      return new Parts(inFront, command, options, ahead, corrected, stampedWhenFound);
    }

    /** The servers go by their own clocks. */
    Parts withoutCorrection() {
      return new Parts(inFront, command, options, storeAhead, false, stampedWhenFound);
    }

    /** A turn ends at the moment at which it was found to be overdue. */
    Parts withStampsOfFindings() {
      return new Parts(inFront, command, options, storeAhead, corrected, true);
    }
  }

  /** One commit, as the log took it. */
  private record Recorded(CommandKey key, List<DraftEvent> events, Instant at) {}

  /** A command that was sent under a key. */
  private record Sent(IdempotencyKey key, DraftCommand command) {}

  private final Parts parts;
  private final Random start;
  private final List<UserId> people;
  private final InMemoryDraftEventStore log;
  private final DraftEventStore recording;
  private final List<Recorded> commits = new ArrayList<>();
  private final Set<CommandKey> committed = new HashSet<>();
  private final Map<CommandKey, DraftCommand> sentUnder = new HashMap<>();
  private final Map<CommandKey, Committed> outcomes = new HashMap<>();
  private final Map<Long, Integer> endings = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Server> servers;
  private final List<Supplier<String>> story = new ArrayList<>();
  private final DraftId draft;
  private final TurnAudit audit;
  private Instant clock = NOW;
  private int ids;
  private int keys;
  private int audited;

  private TurnSimulation(long seed, Parts parts) {
    this.parts = parts;
    start = new Random(seed);
    people = PEOPLE.subList(0, 3 + start.nextInt(4));
    log = new InMemoryDraftEventStore(() -> clock.plus(parts.storeAhead()));
    recording = recording(log);
    servers = IntStream.range(0, 2 + start.nextInt(2)).mapToObj(i -> new Server()).toList();
    CreateDraft create =
        new CreateDraft(ANA, clock, NewDraft.titled("Turns").under(RandomTurns.policy(start)));
    Outcome created = servers.getFirst().commands.create(create, CommandOptions.none());
    draft = assertInstanceOf(Committed.class, created).draft();
    audit = TurnAudit.of((DraftCreated) commits.getFirst().events().getFirst(), clock);
    audited = 1;
    for (UserId user : people.subList(1, people.size() - 1)) {
      AddCollaborator add = new AddCollaborator(ANA, clock, user, Role.CONTRIBUTOR);
      handle(servers.getFirst(), new IdempotencyKey("add-" + user), add);
    }
  }

  /**
   * Plays the steps.
   *
   * @param seed of people, servers and the first policy
   * @param steps the seed of each
   * @return the events
   * @throws AssertionError when a rule does not hold, with the steps up to there
   */
  static List<DraftEvent> play(long seed, List<Long> steps, Parts parts) {
    TurnSimulation simulation = new TurnSimulation(seed, parts);
    for (int i = 0; i < steps.size(); i++) {
      try {
        simulation.step(new Random(steps.get(i)));
        simulation.assertHolds(i % 100 == 0 || i == steps.size() - 1);
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError(
            failed.getMessage() + System.lineSeparator() + simulation.story(), failed);
      }
    }
    return simulation.events();
  }

  private String story() {
    return "%d people, %d servers, %s%n%s"
        .formatted(
            people.size(),
            servers.size(),
            log.readAfter(draft, 0, 1).getFirst().event(),
            story.stream().map(Supplier::get).collect(joining(System.lineSeparator())));
  }

  private void step(Random random) {
    Server server = servers.get(random.nextInt(servers.size()));
    int kind = random.nextInt(100);
    if (kind < 18) {
      passTime(random);
    } else if (kind < 30) {
      look(server, random);
    } else if (kind < 33) {
      server.find();
    } else if (kind < 37) {
      server.endFound();
    } else if (kind < 39) {
      note("%s crashes and is back", server);
      server.start();
    } else if (kind < 47 && !sent.isEmpty()) {
      repeat(server, random);
    } else {
      send(server, random, true);
    }
    servers.forEach(each -> each.store.calm());
  }

  private void passTime(Random random) {
    int most = List.of(2, 2, 12, 40, 130).get(random.nextInt(5));
    Duration time = Duration.ofMillis(1 + random.nextInt(most * 1_000));
    clock = clock.plus(time);
    note("%s pass", time);
  }

  private void look(Server server, Random random) {
    boolean sound = random.nextInt(4) > 0;
    if (!sound) {
      disturb(server, random);
    }
    note("%s looks%s", server, sound ? "" : ", disturbed");
    try {
      server.end(server.timeouts.overdue(false, LOOK));
    } catch (StoreUnavailableException unavailable) {
      return;
    }
    // Another server's command may have come between, and its turn may be overdue by a stale clock.
    Instant due = audit().dueAt();
    assertTrue(
        due == null || due.isAfter(clock),
        () -> "T2: a server looked, and the turn is overdue since " + due);
  }

  /** The next commits of the server go wrong, or another server is quicker. */
  private void disturb(Server server, Random random) {
    Server other = servers.get((servers.indexOf(server) + 1) % servers.size());
    switch (random.nextInt(6)) {
      case 0 -> server.store.next(Append.MOVED);
      case 1 -> server.store.next(Append.LOST_AFTER);
      case 2 -> server.store.next(Append.LOST_BEFORE, Append.MOVED);
      case 3 -> server.store.next(Append.UNAVAILABLE);
      case 4 -> {
        long seed = random.nextLong();
        server.store.meanwhile(() -> send(other, new Random(seed), false));
      }
      default -> server.store.meanwhile(() -> other.end(other.timeouts.overdue(false, LOOK)));
    }
  }

  private void send(Server server, Random random, boolean mayBeDisturbed) {
    audit();
    RandomTurns turns = new RandomTurns(random, people, truth(), server.now());
    DraftCommand command = turns.command();
    keys++;
    IdempotencyKey key = new IdempotencyKey("key-" + keys);
    if (mayBeDisturbed && random.nextInt(8) == 0) {
      disturb(server, random);
    }
    sent.add(new Sent(key, command));
    handle(server, key, command);
  }

  /** The same command again, or another one under its key. */
  private void repeat(Server server, Random random) {
    Sent first = sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 20)));
    RandomTurns turns = new RandomTurns(random, people, truth(), server.now());
    DraftCommand command =
        random.nextInt(4) > 0 ? turns.again(first.command()) : turns.commandOf(first.command());
    handle(server, first.key(), command);
  }

  private void handle(Server server, IdempotencyKey key, DraftCommand command) {
    CommandKey name = new CommandKey(command.actor(), key.value());
    Committed before = outcomes.get(name);
    long revision = log.heads(List.of(draft)).getOrDefault(draft, 0L);
    DraftCommand first = sentUnder.get(name);
    boolean same =
        first == null || CommandFingerprint.of(first).equals(CommandFingerprint.of(command));
    if (before == null) {
      sentUnder.put(name, command);
    }
    note("%s %s: %s", server, key.value(), command);
    Outcome outcome;
    try {
      outcome =
          server.commands.handle(
              draft,
              parts.command().apply(command),
              parts.options().apply(CommandOptions.once(key)));
    } catch (StoreUnavailableException unavailable) {
      note("  unavailable");
      return;
    }
    if (before != null) {
      assertEquals(
          same ? new Committed(draft, before.epoch(), before.events(), true) : new KeyReused(),
          outcome,
          "T7: a repeated command got another outcome");
      assertEquals(
          Map.of(draft, revision),
          log.heads(List.of(draft)),
          "T7: a repeated command changed something");
    } else if (outcome instanceof Committed committed) {
      outcomes.put(name, committed);
      note("  %s", committed.events());
    } else {
      note("  %s", outcome);
    }
  }

  private void assertHolds(boolean inFull) {
    audit().assertAgrees(truth());
    if (inFull) {
      assertEquals(Draft.replay(events()), truth(), "T8: the events lead to another draft");
    }
  }

  /** Reads the commits that are new. */
  private TurnAudit audit() {
    while (audited < commits.size()) {
      Recorded commit = commits.get(audited);
      audited++;
      audit.commit(commandOf(commit), commit.events(), commit.at());
    }
    return audit;
  }

  private DraftCommand commandOf(Recorded commit) {
    String id = commit.key().commandId();
    if (commit.key().actor().equals(UserId.TIMER)) {
      long term = Long.parseLong(id.substring(id.indexOf('-') + 1));
      return new TimeOutTurn(commit.events().getFirst().at(), term);
    }
    DraftCommand command = sentUnder.get(commit.key());
    assertNotNull(command, () -> "T7: committed under a key that nobody sent: " + commit.key());
    return command;
  }

  private Draft truth() {
    return log.load(draft, ANA).orElseThrow().draft();
  }

  private List<DraftEvent> events() {
    return log.readAfter(draft, 0, Integer.MAX_VALUE).stream().map(RecordedEvent::event).toList();
  }

  private DraftEventStore recording(DraftEventStore next) {
    return new RelayingStore(next) {
      @Override
      public AppendResult append(Commit commit) {
        AppendResult result = super.append(commit);
        if (result instanceof Appended) {
          assertTrue(
              committed.add(commit.key()), () -> "T7: committed twice under " + commit.key());
          commits.add(new Recorded(commit.key(), commit.events(), clock));
        }
        return result;
      }
    };
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void note(String what, Object... about) {
    Instant at = clock;
    story.add(() -> at + " " + what.formatted(about));
  }

  /** One server: what it remembers is lost when it starts. */
  private final class Server {
    private final Duration skew =
        Duration.ofSeconds(start.nextInt(2 * MAX_SKEW_SECONDS + 1) - MAX_SKEW_SECONDS);
    private FaultInjectingStore store = faulty();
    private DraftCommands commands = commands();
    private TurnTimeouts timeouts = timeouts();
    private List<OverdueTurn> found = List.of();
    private Duration correction = skew;

    private FaultInjectingStore faulty() {
      return new FaultInjectingStore(parts.inFront().apply(recording));
    }

    private DraftCommands commands() {
      return new DraftCommands(
          store, CommitListener.none(), DraftLimits.defaults(), () -> "id-" + ids++);
    }

    private TurnTimeouts timeouts() {
      return new TurnTimeouts(commands, log, () -> parts.stampedWhenFound() ? Instant.MIN : now());
    }

    void start() {
      store = faulty();
      commands = commands();
      timeouts = timeouts();
      found = List.of();
      correction = skew;
    }

    /** The moment by the clock that counts, as the server knows it. */
    Instant now() {
      Instant own = clock.plus(skew);
      return parts.corrected() ? own.minus(correction) : own;
    }

    /** Finds overdue turns, and is paused then. */
    void find() {
      found = timeouts.overdue(false, LOOK);
      note("%s finds %s and is paused", this, found);
    }

    void endFound() {
      note("%s goes on with %s", this, found);
      end(found);
      found = List.of();
    }

    void end(List<OverdueTurn> turns) {
      for (OverdueTurn turn : turns) {
        if (timeouts.end(turn)) {
          note("  %s ended %s", this, turn);
          assertNull(endings.put(turn.term(), servers.indexOf(this)), "T2: a turn timed out twice");
        }
      }
    }

    @Override
    public String toString() {
      return "server " + servers.indexOf(this);
    }
  }
}
