package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.connection.Failure;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.persistence.store.EventCodec.StoredEvent;
import dev.ringdraft.persistence.transaction.TransactionWork;
import dev.ringdraft.persistence.transaction.TransactionWorkException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The event store on PostgreSQL. Each method is one statement, which commits by itself, and so one
 * round trip: {@code load} reads head row and receipt in one snapshot, {@link #append} moves the
 * head row on and inserts the events, if the head row is still at the expected revision. Only with
 * a {@link TransactionWork} a commit is a transaction of that statement and the service's. An event
 * is its command's receipt, unique as such: a repeated command is undone whole. In PostgreSQL
 * commits of one draft wait for each other at the head row, and the revision is compared again
 * after the wait, so of two only one succeeds. Commits of different drafts share no lock.
 *
 * <p>A commit in doubt may still be waiting at the server, for the head row or with it. An append
 * on the revision that was read afterwards either waits for that commit and then finds the revision
 * moved, or makes it fail.
 */
public final class HibernateDraftEventStore implements DraftEventStore {
  private static final String LOAD =
      """
      select d, e from DraftRow d
      left join EventRow e
        on e.draftId = d.draftId and e.commandActorId = :user and e.commandId = :command
      where d.draftId = %s
      order by e.revision
      """;

  private static final String LOAD_FOR_USER =
      LOAD.formatted(
          """
          coalesce(%s, (
            select min(r.draftId) from EventRow r
            where r.draftId = :draft and r.commandActorId = :user and r.commandId = :command))
          """
              .formatted(MemberRow.DRAFT_OF_MEMBER));

  private static final String LOAD_FOR_SERVER = LOAD.formatted(":draft");

  static final String READ_AFTER =
      """
      select revision, version, type, actor_id, accepted_at, data
      from {schema}draft_event
      where draft_id = ? and revision > ?
      order by revision
      limit ?
      """;

  private static final String HEADS =
      "select draft_id, revision from {schema}draft where draft_id = any(:drafts)";

  private final Sessions sessions;
  private final TimelineEpochs epochs;
  private final SegmentAppend segmentAppend;
  private final GeneralCommit generalCommit;
  private final String readAfter;
  private final String heads;
  private final @Nullable TransactionWork work;

  public HibernateDraftEventStore(Sessions sessions, Schema schema, Epoch epoch) {
    this.sessions = sessions;
    this.epochs = new TimelineEpochs(epoch);
    this.segmentAppend = new SegmentAppend(schema);
    this.generalCommit = new GeneralCommit(schema);
    this.readAfter = schema.in(READ_AFTER);
    this.heads = schema.in(HEADS);
    this.work = null;
  }

  /** The other store on other sessions: it shares the statements, which are made once. */
  private HibernateDraftEventStore(
      HibernateDraftEventStore other, Sessions sessions, @Nullable TransactionWork work) {
    this.sessions = sessions;
    this.epochs = other.epochs;
    this.segmentAppend = other.segmentAppend;
    this.generalCommit = other.generalCommit;
    this.readAfter = other.readAfter;
    this.heads = other.heads;
    this.work = work;
  }

  /** The same store, with statements of the service in the transaction of each commit. */
  public DraftEventStore with(TransactionWork statements) {
    return new HibernateDraftEventStore(this, sessions, statements);
  }

  @Override
  public DraftEventStore within(Deadline deadline) {
    return new HibernateDraftEventStore(this, sessions.within(deadline), work);
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return sessions.read(session -> DraftRow.of(session, draft, member).map(row -> row.head(null)));
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return sessions.read(session -> load(session, draft, command));
  }

  private static Optional<DraftHead> load(
      StatelessSession session, DraftId draft, CommandKey command) {
    List<HeadAndEvent> rows =
        session
            .createSelectionQuery(
                command.actor().isReserved() ? LOAD_FOR_SERVER : LOAD_FOR_USER, HeadAndEvent.class)
            .setParameter("draft", draft.value())
            .setParameter("user", command.actor().value())
            .setParameter("command", command.commandId())
            .getResultList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    if (rows.getFirst().event() != null) {
      // It may be of a commit that nobody has acknowledged.
      session.doWork(Sessions::confirm);
    }
    DraftRow head = rows.getFirst().head();
    List<EventRow> events =
        rows.stream().map(HeadAndEvent::event).filter(Objects::nonNull).toList();
    return Optional.of(head.head(receipt(events)));
  }

  private static @Nullable Receipt receipt(List<EventRow> events) {
    return events.isEmpty()
        ? null
        : new Receipt(
            events.getFirst().fingerprint, events.stream().map(EventRow::recorded).toList());
  }

  @Override
  public AppendResult append(Commit commit) {
    List<RecordedEvent> events = recorded(commit);
    try {
      return write(commit, events) ? new Appended(events) : new RevisionConflict();
    } catch (Sessions.WriteConflictException conflict) {
      // The head row was at the expected revision and is locked, so no event has the next one: the
      // only key that can exist is the receipt's. A draft that begins has no receipt to repeat.
      return conflict.isDuplicate() && commit.expectedRevision() > 0
          ? new CommandRepeated()
          : new RevisionConflict();
    }
  }

  private boolean write(Commit commit, List<RecordedEvent> events) {
    TransactionWork statements = work;
    return statements == null
        ? sessions.writeDirectly(connection -> write(connection, commit))
        : sessions.writeInTransaction(
            connection -> {
              boolean written = write(connection, commit);
              if (written) {
                execute(statements, connection, events);
              }
              return written;
            });
  }

  private boolean write(Connection connection, Commit commit) throws SQLException {
    return SegmentAppend.suits(commit)
        ? segmentAppend.write(connection, commit)
        : generalCommit.write(connection, commit);
  }

  private static void execute(
      TransactionWork statements, Connection connection, List<RecordedEvent> events)
      throws SQLException {
    try {
      statements.write(connection, events);
      refuseFailedTransaction(connection);
    } catch (SQLException failed) {
      switch (Failure.of(failed)) {
        case CONFLICT, REFUSED -> throw new TransactionWorkException(failed);
        case UNAVAILABLE, IN_DOUBT -> throw failed;
      }
    }
  }

  /** PostgreSQL answers the commit of a failed transaction with a rollback, and no error. */
  private static void refuseFailedTransaction(Connection connection) throws SQLException {
    try (Statement check = connection.createStatement()) {
      check.execute("select 1");
    }
  }

  private static List<RecordedEvent> recorded(Commit commit) {
    List<RecordedEvent> recorded = new ArrayList<>();
    for (DraftEvent event : commit.events()) {
      long revision = commit.expectedRevision() + recorded.size() + 1;
      recorded.add(new RecordedEvent(commit.draft(), revision, event));
    }
    return recorded;
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return sessions.readDirectly(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(readAfter)) {
            statement.setString(1, draft.value());
            statement.setLong(2, revision);
            statement.setInt(3, limit);
            return events(draft, statement.executeQuery());
          }
        });
  }

  /** Row by row without Hibernate, because pages of events are read most, by the hundred. */
  private static List<RecordedEvent> events(DraftId draft, ResultSet rows) throws SQLException {
    List<RecordedEvent> events = new ArrayList<>();
    while (rows.next()) {
      events.add(EventCodec.read(draft, rows.getLong(1), stored(rows)));
    }
    return events;
  }

  /** The event of a row that {@link #READ_AFTER} found. */
  static StoredEvent stored(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getShort(2),
        row.getString(3),
        row.getString(4),
        row.getObject(5, OffsetDateTime.class).toInstant(),
        row.getString(6));
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    if (drafts.isEmpty()) {
      return Map.of();
    }
    String[] ids = drafts.stream().map(DraftId::value).toArray(String[]::new);
    Map<DraftId, Long> found = new HashMap<>();
    sessions
        .read(
            session ->
                session
                    .createNativeQuery(heads, Object[].class)
                    .setParameter("drafts", ids)
                    .getResultList())
        .forEach(row -> found.put(new DraftId((String) row[0]), (Long) row[1]));
    return found;
  }

  @Override
  public Epoch epoch() {
    return epochs.of(sessions.timeline());
  }

  /**
   * The epoch of each timeline of PostgreSQL: the database's own on the first one, since a
   * promotion may lose the last commits of the timeline before.
   */
  private static final class TimelineEpochs {
    private final Epoch first;
    private volatile TimelineEpoch latest;

    private record TimelineEpoch(int timeline, Epoch epoch) {}

    TimelineEpochs(Epoch first) {
      this.first = first;
      this.latest = new TimelineEpoch(1, first);
    }

    Epoch of(int timeline) {
      TimelineEpoch known = latest;
      if (known.timeline() == timeline) {
        return known.epoch();
      }
      Epoch epoch = timeline <= 1 ? first : new Epoch(first + "-" + timeline);
      latest = new TimelineEpoch(timeline, epoch);
      return epoch;
    }
  }

  /** One row of a load: the head row comes with each event of the receipt, or with none. */
  record HeadAndEvent(DraftRow head, @Nullable EventRow event) {}
}
