package dev.ringdraft.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
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
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.view.DraftSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One draft that a test writes to a store: makes events that follow from the last ones, and commits
 * them. Its state is what the store must return. For one thread.
 */
public final class DraftFixture {
  private final DraftEventStore store;
  private final DraftId id;
  private final UserId creator;
  private final List<RecordedEvent> events = new ArrayList<>();
  private @Nullable DraftSummary summary;
  private Instant at = Cast.NOW;
  private int keys;

  private DraftFixture(DraftEventStore store, DraftId id, UserId creator) {
    this.store = store;
    this.id = id;
    this.creator = creator;
  }

  /** A draft without events; {@link #begun()} commits the first. */
  public static DraftFixture of(DraftEventStore store, DraftId id, UserId creator) {
    return new DraftFixture(store, id, creator);
  }

  /** A draft id that nobody has used before. */
  public static DraftId freshId() {
    return new DraftId(UUID.randomUUID().toString());
  }

  /** A user id that no draft has had before. */
  public static UserId freshUser(String name) {
    return new UserId(name + "-" + UUID.randomUUID());
  }

  /** The id of the draft. */
  public DraftId id() {
    return id;
  }

  /** The head of the draft as it should be now. */
  public DraftSummary summary() {
    if (summary == null) {
      throw new IllegalStateException("not begun");
    }
    return summary;
  }

  /** The part of it that the rules read. */
  public Draft draft() {
    return summary().draft();
  }

  /** The revision of the last event; 0 before the first. */
  public long revision() {
    return events.size();
  }

  /** All committed events. */
  public List<RecordedEvent> events() {
    return List.copyOf(events);
  }

  /** Makes later events at this instant. */
  public DraftFixture at(Instant moment) {
    at = moment;
    return this;
  }

  /** Begins: one commit of one event. */
  public DraftFixture begun() {
    commit(created());
    return this;
  }

  /** Begins under a turn policy: one commit of one event. */
  public DraftFixture begun(TurnPolicy policy) {
    commit(created(policy));
    return this;
  }

  /** The creator begins the draft. */
  public DraftCreated created() {
    return created(null);
  }

  /** The creator begins the draft under a turn policy; null for the default one. */
  public DraftCreated created(@Nullable TurnPolicy policy) {
    return new DraftCreated(creator, at, Cast.TITLE, null, policy);
  }

  /** The next segment, by the holder of the ring. */
  public SegmentAdded segment(String content) {
    UserId holder = summary == null ? creator : summary.ring().ring().holder();
    int position = summary == null ? 0 : summary.segmentCount();
    SegmentId segment = new SegmentId(UUID.randomUUID().toString());
    return new SegmentAdded(new Segment(segment, holder, content, position, at));
  }

  /** The holder passes the ring on. */
  public RingPassed pass(UserId to) {
    return pass(to, PassReason.PASSED);
  }

  /** The holder passes the ring on, for this reason. */
  public RingPassed pass(UserId to, PassReason reason) {
    return pass(draft().ring().holder(), to, reason);
  }

  /** The present turn ends by its deadline. */
  public RingPassed timedOut(UserId to) {
    return pass(UserId.TIMER, to, PassReason.TIMED_OUT);
  }

  /** A pass by the actor; the turn that begins has the limit of the draft's policy. */
  public RingPassed pass(UserId actor, UserId to, PassReason reason) {
    return new RingPassed(
        actor,
        at,
        draft().ring().holder(),
        to,
        draft().ring().term() + 1,
        reason,
        draft().turns().policy().deadlineFrom(at));
  }

  /** The user asks for the ring. */
  public RingRequested requested(UserId user) {
    return new RingRequested(user, at);
  }

  /** The user's request is withdrawn, or declined by the creator. */
  public RingRequestRemoved requestRemoved(UserId user, RequestEnd reason) {
    return new RingRequestRemoved(
        reason == RequestEnd.WITHDRAWN ? user : creator, at, user, reason);
  }

  /** The creator changes a member. */
  public CollaboratorUpdated updated(UserId user, MemberChange change) {
    return new CollaboratorUpdated(creator, at, user, change, UpdateReason.CREATOR);
  }

  /** The creator changes the turn policy. */
  public DraftUpdated under(TurnPolicy policy) {
    return new DraftUpdated(creator, at, DraftChange.turnPolicy(policy));
  }

  /** The creator adds a member. */
  public CollaboratorAdded added(UserId user, Role role) {
    return new CollaboratorAdded(creator, at, user, role);
  }

  /** The creator removes a member. */
  public CollaboratorRemoved removed(UserId user) {
    return new CollaboratorRemoved(creator, at, user);
  }

  /** The creator changes title or status; null leaves it as it is. */
  public DraftUpdated updated(@Nullable String title, @Nullable DraftStatus status) {
    return new DraftUpdated(creator, at, new DraftChange(title, status, null));
  }

  /** A commit of these events under a key of its own, not yet written. */
  public Commit next(DraftEvent... following) {
    return next(freshKey(), "fingerprint", following);
  }

  /** A commit of these events, not yet written. */
  public Commit next(CommandKey key, String fingerprint, DraftEvent... following) {
    return new Commit(id, revision(), key, fingerprint, after(following), List.of(following));
  }

  private CommandKey freshKey() {
    keys++;
    return new CommandKey(creator, "key-" + keys + "-" + UUID.randomUUID());
  }

  private DraftSummary after(DraftEvent... following) {
    DraftSummary next = summary;
    long revision = revision();
    for (DraftEvent event : following) {
      revision++;
      RecordedEvent recorded = new RecordedEvent(id, revision, event);
      next = next == null ? DraftSummary.startedBy(recorded) : next.after(recorded);
    }
    return Objects.requireNonNull(next);
  }

  /** Writes these events in one commit, which must succeed. */
  public List<RecordedEvent> commit(DraftEvent... following) {
    return write(next(following));
  }

  /** Writes these events in one commit under this key, which must succeed. */
  public List<RecordedEvent> commit(CommandKey key, String fingerprint, DraftEvent... following) {
    return write(next(key, fingerprint, following));
  }

  private List<RecordedEvent> write(Commit commit) {
    Appended appended = assertInstanceOf(Appended.class, store.append(commit));
    wrote(commit);
    return appended.events();
  }

  /** Takes note of a commit that was written by other means. */
  public void wrote(Commit commit) {
    for (DraftEvent event : commit.events()) {
      events.add(new RecordedEvent(id, events.size() + 1L, event));
    }
    summary = commit.after();
  }
}
