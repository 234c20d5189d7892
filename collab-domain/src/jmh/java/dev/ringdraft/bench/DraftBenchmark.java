package dev.ringdraft.bench;

import dev.ringdraft.draft.Decision;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is pure of an append: deciding, evolving, and writing its event's JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DraftBenchmark {
  private static final UserId ANA = new UserId("ana");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123Z");
  private static final DraftLimits LIMITS = DraftLimits.defaults();

  @Param({"10", "9999"})
  private int segments;

  private Draft draft;
  private AppendSegment command;
  private SegmentAdded event;

  @Setup
  public void begin() {
    draft = Draft.startedBy(new DraftCreated(ANA, NOW, "A ring of secret words", null, null));
    for (int i = 0; i < LIMITS.maxCollaborators(); i++) {
      draft =
          draft.evolve(new CollaboratorAdded(ANA, NOW, new UserId("user-" + i), Role.CONTRIBUTOR));
    }
    for (int i = 0; i < segments; i++) {
      draft = draft.evolve(segment(i));
    }
    event = segment(segments);
    command = new AppendSegment(ANA, NOW, new NewSegment(event.segment().id(), event.segment().content()), 1L);
  }

  private static SegmentAdded segment(int position) {
    return new SegmentAdded(
        new Segment(
            new SegmentId("segment-" + position),
            ANA,
            "So they wrote on, by turns. ".repeat(10),
            position,
            NOW));
  }

  @Benchmark
  public Decision decide() {
    return draft.decide(command, LIMITS);
  }

  @Benchmark
  public Draft evolve() {
    return draft.evolve(event);
  }
}
