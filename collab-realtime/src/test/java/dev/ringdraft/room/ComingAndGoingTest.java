package dev.ringdraft.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room on real threads whose hub never ticks: nothing is told later than at once. */
final class ComingAndGoingTest {
  private static final UserId ANA = new UserId("ana");
  private static final int COMMITS = 1_000;
  private static final int GUESTS = 3;

  enum Guests {
    NONE,
    /** Leave as soon as they are in. */
    HASTY,
    /** Leave when told of one event, which must be the next. */
    PATIENT
  }

  @ParameterizedTest
  @EnumSource
  void who_stays_is_told_of_each_event_at_once_while_others_come_and_go(Guests kind)
      throws Exception {
    InMemoryDraftEventStore store = new InMemoryDraftEventStore();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
        RoomHub hub = hub(store, tasks)) {
      DraftLimits limits = new DraftLimits(200, 500, 10, COMMITS + 1);
      DraftCommands commands = new DraftCommands(store, hub, limits, IdSource.random());
      DraftId draft = ((Committed) commands.create(tale(), CommandOptions.none())).draft();
      Reader reader = new Reader();
      join(hub, draft, reader);

      AtomicBoolean done = new AtomicBoolean();
      List<Future<?>> guests = new ArrayList<>();
      for (int i = 0; i < GUESTS && kind != Guests.NONE; i++) {
        guests.add(tasks.submit(() -> comeAndGo(hub, draft, kind, done)));
      }
      try {
        for (long revision = 2; revision <= COMMITS; revision++) {
          commands.handle(draft, segment(revision), CommandOptions.none());
          assertEquals(revision, reader.next());
        }
      } finally {
        done.set(true);
      }
      for (Future<?> guest : guests) {
        guest.get();
      }
      assertNull(reader.revisions.poll());
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the room's own task needs a processor as well
  private static @Nullable Void comeAndGo(
      RoomHub hub, DraftId draft, Guests kind, AtomicBoolean done) throws InterruptedException {
    while (!done.get()) {
      Reader guest = new Reader();
      Subscriber viewer = join(hub, draft, guest);
      Long told = null;
      while (kind == Guests.PATIENT && told == null && !done.get()) {
        told = guest.revisions.poll(10, TimeUnit.MILLISECONDS);
      }
      viewer.end();
      Thread.yield();
      if (told != null) {
        assertEquals(viewer.admittedAt().revision() + 1, told);
      }
    }
    return null;
  }

  private static RoomHub hub(InMemoryDraftEventStore store, ExecutorService tasks) {
    return RoomHub.builder(store)
        .encoder(new RoomFixture.RevisionPayloads())
        .executor(tasks)
        .build();
  }

  private static CreateDraft tale() {
    InstantSource clock = InstantSource.system();
    return new CreateDraft(ANA, clock.instant(), NewDraft.titled("Tale"));
  }

  private static AppendSegment segment(long revision) {
    InstantSource clock = InstantSource.system();
    return new AppendSegment(
        ANA, clock.instant(), new NewSegment(new SegmentId("s" + revision), "text"), null);
  }

  private static Subscriber join(RoomHub hub, DraftId draft, Reader reader) {
    Subscriber viewer =
        hub.admit(draft, ANA, 0)
            .orElseThrow()
            .subscribe(reader, SubscriptionOptions.live().unlisted());
    viewer.start();
    return viewer;
  }

  /** A connection that takes everything at once. */
  private static final class Reader implements SubscriberConnection {
    private final BlockingQueue<Long> revisions = new LinkedBlockingQueue<>();

    @Override
    public void write(Batch batch, Completion completion) {
      batch.deliveries().forEach(told -> revisions.add(told.payload().getLong()));
      completion.written();
    }

    @Override
    public void close(CloseCode code) {}

    /** Waits far longer than it takes to be told. */
    long next() throws InterruptedException {
      Long revision = revisions.poll(10, TimeUnit.SECONDS);
      return revision == null ? 0 : revision;
    }
  }
}
