package dev.ringdraft.room;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One commit told to all viewers of its draft, whose network takes everything at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoomBenchmark {
  private static final UserId ANA = new UserId("ana");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123Z");

  @Param({"1", "10", "1000"})
  private int viewers;

  private RoomHub hub;
  private DraftId draft;
  private long revision;

  @Setup
  public void open() {
    InMemoryDraftEventStore store = new InMemoryDraftEventStore();
    hub =
        RoomHub.builder(store)
            .settings(
                RoomSettings.defaults().toBuilder().maxCoalesceDelay(Duration.ZERO).build())
            .executor(Runnable::run)
            .clock(InstantSource.fixed(NOW))
            .build();
    DraftCommands commands =
        new DraftCommands(
            store, CommitListener.none(), DraftLimits.defaults(), IdSource.random());
    CreateDraft create = new CreateDraft(ANA, NOW, NewDraft.titled("Tale"));
    draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
    commands.handle(draft, append(0), CommandOptions.none());
    revision = 2;
    for (int i = 0; i < viewers; i++) {
      hub.admit(draft, ANA, 0)
          .orElseThrow()
          .subscribe(new OpenConnection(i % 2 == 0 ? OpenConnection.PLAIN : OpenConnection.OTHER), SubscriptionOptions.live().unlisted())
          .start();
    }
  }

  @TearDown
  public void close() {
    hub.close();
  }

  @Benchmark
  public void publish() {
    revision++;
    int position = (int) revision - 2;
    AppendSegment next = append(position);
    hub.committed(
        List.of(
            new RecordedEvent(
                draft,
                revision,
                new SegmentAdded(
                    new Segment(
                        next.segment().id(), ANA, next.segment().content(), position, NOW)))));
  }

  private static AppendSegment append(int number) {
    return new AppendSegment(ANA, NOW, new NewSegment(new SegmentId("segment-" + number), "So they wrote on, by turns."), null);
  }


  /** A viewer that has read whatever it is sent, in one of the two formats. */
  private static final class OpenConnection implements SubscriberConnection {
    private static final FrameFormat PLAIN =
        delivery -> delivery.behind(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    private static final FrameFormat OTHER = delivery -> delivery.as(PLAIN);

    private final FrameFormat format;
    private int bytes;

    OpenConnection(FrameFormat format) {
      this.format = format;
    }

    @Override
    public void write(Batch batch, Completion completion) {
      for (Delivery delivery : batch.deliveries()) {
        bytes += delivery.as(format).duplicate().remaining();
      }
      completion.written();
    }

    @Override
    public void close(CloseCode code) {}
  }
}
