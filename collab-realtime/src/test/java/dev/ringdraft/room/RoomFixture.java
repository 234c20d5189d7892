package dev.ringdraft.room;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.Present;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hub whose every step a test takes itself: tasks wait until they are run, time stands until it
 * is moved, and what was committed is told when the test tells it. A payload is a revision in eight
 * bytes.
 */
final class RoomFixture {
  static final UserId ANA = new UserId("ana");
  static final UserId BEN = new UserId("ben");
  static final UserId ZED = new UserId("zed");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  final InMemoryDraftEventStore store = new InMemoryDraftEventStore();
  final RoomSettings settings;
  final List<Runnable> tasks = new ArrayList<>();
  final List<List<RecordedEvent>> untold = new ArrayList<>();
  private final CountingStore counting = new CountingStore(store);
  private final RevisionPayloads payloads = new RevisionPayloads();
  final RoomHub hub;
  final DraftId draft;
  private final DraftCommands commands;
  private long nanos;
  private int segments;

  RoomFixture(RoomSettings settings) {
    this(settings, RoomMetrics.disabled());
  }

  RoomFixture(RoomSettings settings, RoomMetrics metrics) {
    this.settings = settings;
    hub =
        RoomHub.builder(counting)
            .encoder(payloads)
            .settings(settings)
            .metrics(metrics)
            .executor(tasks::add)
            .clock(() -> NOON.plusNanos(nanos))
            .nanoClock(() -> nanos)
            .build();
    CommitListener keeper = untold::add;
    commands = new DraftCommands(store, keeper, DraftLimits.defaults(), IdSource.random());
    CreateDraft create = new CreateDraft(ANA, NOON, NewDraft.titled("Tale"));
    draft = ((Committed) commands.create(create, CommandOptions.none())).draft();
    handle(new AddCollaborator(ANA, NOON, BEN, Role.CONTRIBUTOR));
    deliver();
  }

  /** Settings small enough that every bound is met. */
  static RoomSettings narrow() {
    return RoomSettings.defaults().toBuilder()
        .windowEvents(4)
        .windowBytes(1 << 10)
        .writeBytes(24)
        .pageEvents(3)
        .backlogBytes(1 << 10)
        .maxListed(3)
        .idleTimeout(Duration.ZERO)
        .maxCoalesceDelay(Duration.ZERO)
        .build();
  }

  /** The narrow settings, with rooms that stay open for a while. */
  static RoomSettings keepingRooms() {
    return narrow().toBuilder().idleTimeout(Duration.ofSeconds(10)).build();
  }

  /** Payloads of events say their revision; those of presence are looked up by their bytes. */
  static final class RevisionPayloads implements PayloadEncoder {
    private final Map<ByteBuffer, Object> told = new HashMap<>();
    private int events;

    @Override
    public byte[] event(RecordedEvent event) {
      events++;
      return ByteBuffer.allocate(Long.BYTES).putLong(event.revision()).array();
    }

    @Override
    public byte[] presence(PresenceState state) {
      return payload(state);
    }

    @Override
    public byte[] presence(PresenceState.Difference difference) {
      return payload(difference);
    }

    private byte[] payload(Object news) {
      byte[] payload = news.toString().getBytes(StandardCharsets.UTF_8);
      told.put(ByteBuffer.wrap(payload), news);
      return payload;
    }
  }

  void append() {
    handle(
        new AppendSegment(
            ANA, NOON, new NewSegment(new SegmentId("s" + segments++), "text"), null));
  }

  void handle(DraftCommand command) {
    if (!(commands.handle(draft, command, CommandOptions.none()) instanceof Committed)) {
      throw new AssertionError("refused: " + command);
    }
  }

  /** The store comes back with another history. */
  void beginAnotherHistory() {
    counting.epoch = new Epoch("another");
  }

  /** How many events were encoded. */
  int encoded() {
    return payloads.events;
  }

  /** Whether the log can't be read. */
  void logIsOut(boolean isOut) {
    counting.logIsOut = isOut;
  }

  /** How often the hub read a draft or its log. */
  int reads() {
    return counting.reads();
  }

  long head() {
    return store.heads(List.of(draft)).getOrDefault(draft, 0L);
  }

  /** Tells the hub of everything that was committed, in order. */
  void deliver() {
    untold.forEach(hub::committed);
    untold.clear();
  }

  /** Runs tasks until none waits. */
  void settle() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** A viewer that got in; it has not begun to receive. */
  TestSubscriber admit(UserId user, @Nullable Long after) {
    SubscriptionOptions live = SubscriptionOptions.live().unlisted();
    return admitWith(user, after == null ? live : live.after(after));
  }

  TestSubscriber admitWith(UserId user, SubscriptionOptions options) {
    ResumePoint after = options.after();
    Subscription admission =
        hub.admit(draft, user, after == null ? 0 : after.revision()).orElseThrow();
    Line line = new Line(payloads.told);
    return new TestSubscriber(admission.subscribe(line, options), line);
  }

  /** A viewer that receives. */
  TestSubscriber join(UserId user, @Nullable Long after) {
    TestSubscriber subscriber = admit(user, after);
    subscriber.viewer().start();
    return subscriber;
  }

  /** A viewer that receives, and is told and shown who is here. */
  TestSubscriber attend(UserId user) {
    TestSubscriber subscriber = admitWith(user, SubscriptionOptions.live());
    subscriber.viewer().start();
    return subscriber;
  }

  record TestSubscriber(Subscriber viewer, Line line) {}

  /** A connection whose writes are open until the test ends them. */
  static final class Line implements SubscriberConnection {
    final List<Long> revisions = new ArrayList<>();
    final List<String> presence = new ArrayList<>();
    private final Map<ByteBuffer, Object> told;
    private final Map<UserId, Present> shown = new HashMap<>();
    private int widest;
    private @Nullable Delivery last;
    @Nullable CloseCode closed;
    boolean writesAtOnce;
    private @Nullable Completion open;

    Line() {
      this(Map.of());
    }

    private Line(Map<ByteBuffer, Object> told) {
      this.told = told;
    }

    /** Who is here, as the viewer was told. */
    Map<UserId, Present> shown() {
      return shown;
    }

    /** What came last; null for nothing. */
    @Nullable Delivery last() {
      return last;
    }

    /** Most bytes of events in one write. */
    int widest() {
      return widest;
    }

    @Override
    public void write(Batch batch, Completion completion) {
      if (open != null) {
        throw new AssertionError("two writes are open at once");
      }
      open = completion;
      int before = revisions.size();
      batch.deliveries().forEach(this::read);
      widest = Math.max(widest, Long.BYTES * (revisions.size() - before));
      if (writesAtOnce) {
        written();
      }
    }

    @Override
    public void close(CloseCode code) {
      if (closed == null) {
        closed = code;
      }
    }

    private void read(Delivery delivery) {
      last = delivery;
      if (delivery.event() == null) {
        presence.add(StandardCharsets.UTF_8.decode(delivery.payload()).toString());
        apply(told.get(delivery.payload()));
      } else {
        revisions.add(delivery.payload().getLong());
      }
    }

    private void apply(@Nullable Object news) {
      if (news instanceof PresenceState state) {
        shown.clear();
        state.users().forEach(present -> shown.put(present.user(), present));
      } else if (news instanceof PresenceState.Difference change) {
        change.left().forEach(shown::remove);
        change.changed().forEach(present -> shown.put(present.user(), present));
        change.joined().forEach(present -> shown.put(present.user(), present));
      }
    }

    boolean isWriting() {
      return open != null;
    }

    void written() {
      Completion completion = open;
      open = null;
      if (completion != null) {
        completion.written();
      }
    }

    void broken() {
      Completion completion = open;
      open = null;
      if (completion != null) {
        completion.failed();
      }
    }
  }
}
