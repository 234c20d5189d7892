package dev.ringdraft.wire;

import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of an event's JSON, for a segment of 280 characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventJsonBenchmark {
  private final RecordedEvent recorded =
      new RecordedEvent(
          new DraftId("draft-1"),
          10_000,
          new SegmentAdded(
              new Segment(
                  new SegmentId("segment-9999"),
                  new UserId("ana"),
                  "So they wrote on, by turns. ".repeat(10),
                  9_999,
                  Instant.parse("2026-11-25T12:00:00.123Z"))));

  @Benchmark
  public String encode() {
    return EventJson.of(recorded);
  }
}
