package dev.ringdraft.app.metrics;

import dev.ringdraft.access.ForwardingStore;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the stages of commands, and what becomes of their commits: in front of the store and of
 * the listener that commands are carried out with.
 */
final class MeteredCommands {
  /** What can become of a commit. */
  private enum Outcome {
    COMMITTED,
    CONFLICT,
    REPEATED,
    IN_DOUBT,
    UNAVAILABLE
  }

  private final Timer queue;
  private final Timer load;
  private final Timer commit;
  private final Timer publish;
  private final Map<Outcome, Counter> commits;

  MeteredCommands(Meters meters) {
    queue = stage(meters, "queue");
    load = stage(meters, "load");
    commit = stage(meters, "commit");
    publish = stage(meters, "publish");
    commits =
        meters.counters(
            "ringdraft.commits", "commits that were tried, by outcome", "outcome", Outcome.class);
  }

  private static Timer stage(Meters meters, String name) {
    return meters.histogram(
        "ringdraft.command.stage", "time of a stage of a command", "stage", name);
  }

  /** The same store, measured. It is to be asked {@code within} a deadline for each command. */
  DraftEventStore store(DraftEventStore store) {
    return new ForwardingStore(store) {
      @Override
      public DraftEventStore within(Deadline deadline) {
        return new CommandStore(store.within(deadline));
      }
    };
  }

  /** The same listener, measured. */
  CommitListener listener(CommitListener listener) {
    return events -> {
      long begun = System.nanoTime();
      listener.committed(events);
      publish.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    };
  }

  private void count(Outcome outcome) {
    Objects.requireNonNull(commits.get(outcome), "there is one for each").increment();
  }

  /** The store of one command. For one thread at a time, as the command is. */
  private final class CommandStore extends ForwardingStore {
    /** The time without loads begins here. */
    private long since = System.nanoTime();

    CommandStore(DraftEventStore store) {
      super(store);
    }

    @Override
    public Optional<DraftHead> load(DraftId draft, UserId member) {
      long begun = System.nanoTime();
      try {
        return super.load(draft, member);
      } finally {
        loadedSince(begun);
      }
    }

    @Override
    public Optional<DraftHead> load(DraftId draft, CommandKey command) {
      long begun = System.nanoTime();
      try {
        return super.load(draft, command);
      } finally {
        loadedSince(begun);
      }
    }

    private void loadedSince(long begun) {
      long took = System.nanoTime() - begun;
      since += took;
      load.record(took, TimeUnit.NANOSECONDS);
    }

    @Override
    public AppendResult append(Commit given) {
      long begun = System.nanoTime();
      queue.record(begun - since, TimeUnit.NANOSECONDS);
      try {
        AppendResult result = super.append(given);
        count(
            switch (result) {
              case AppendResult.Appended appended -> Outcome.COMMITTED;
              case AppendResult.RevisionConflict moved -> Outcome.CONFLICT;
              case AppendResult.CommandRepeated repeated -> Outcome.REPEATED;
            });
        return result;
      } catch (CommitInDoubtException lost) {
        count(Outcome.IN_DOUBT);
        throw lost;
      } catch (StoreUnavailableException unavailable) {
        count(Outcome.UNAVAILABLE);
        throw unavailable;
      } finally {
        since = System.nanoTime();
        commit.record(since - begun, TimeUnit.NANOSECONDS);
      }
    }
  }
}
