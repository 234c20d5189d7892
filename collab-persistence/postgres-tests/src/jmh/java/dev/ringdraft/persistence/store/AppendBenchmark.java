package dev.ringdraft.persistence.store;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.persistence.Database;
import dev.ringdraft.persistence.TestPostgres;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.testing.Cast;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** An append, from the command to its commit in PostgreSQL, by one writer and by eight. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AppendBenchmark {
  /** The server. */
  @State(Scope.Benchmark)
  public static class Server {
    private Database database;
    private DraftCommands commands;

    @Setup
    public void open() {
      database = Database.open(TestPostgres.freshDatabase());
      commands =
          new DraftCommands(
              database.eventStore(),
              CommitListener.none(),
              new DraftLimits(200, 500, 100, 10_000_000),
              IdSource.random());
    }

    @TearDown
    public void close() {
      database.close();
    }
  }

  /** A writer with a draft of their own. */
  @State(Scope.Thread)
  public static class Writer {
    private DraftId draft;

    @Setup
    public void begin(Server server) {
      CreateDraft create =
          new CreateDraft(Cast.ANA, Cast.NOW, NewDraft.titled(Cast.TITLE));
      draft = ((Committed) server.commands.create(create, CommandOptions.none())).draft();
    }
  }

  @Benchmark
  @Threads(1)
  public Outcome append(Server server, Writer writer) {
    return server.commands.handle(
        writer.draft,
        new AppendSegment(Cast.ANA, Cast.NOW, new NewSegment(Cast.SEGMENT, "So they wrote on."), null),
        CommandOptions.none());
  }

  @Benchmark
  @Threads(8)
  public Outcome appendByEight(Server server, Writer writer) {
    return append(server, writer);
  }
}
