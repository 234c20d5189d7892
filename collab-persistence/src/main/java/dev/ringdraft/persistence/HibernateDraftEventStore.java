package dev.ringdraft.persistence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.RingState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * head row on and inserts the events, if the head row still is at the revision that is expected. An
 * event is its command's receipt, unique as such: a command that is repeated is undone whole.
 * PostgreSQL lets commits of one draft wait for each other at the head row, so what is expected is
 * looked at again after a wait, and of two only one succeeds. Those of different drafts share no
 * lock.
 *
 * <p>A commit that is in doubt may still be waiting at the server: it holds the head row, or will
 * find it moved on, so whoever appends on the revision that was read then either waits for it and
 * is told that the revision has moved, or makes it fail.
 */
public final class HibernateDraftEventStore implements DraftEventStore {
  private static final String LOAD =
      """
      select d, e from DraftRow d
      left join EventRow e
        on e.draftId = d.draftId and e.commandActorId = :user and e.commandId = :command
      where d.draftId = coalesce(%s, (
        select min(r.draftId) from EventRow r
        where r.draftId = :draft and r.commandActorId = :user and r.commandId = :command))
      order by e.revision
      """
          .formatted(MemberRow.DRAFT_OF_MEMBER);

  private static final String READ_AFTER =
      """
      select revision, type, actor_id, accepted_at, data
      from draft_event
      where draft_id = ? and revision > ?
      order by revision
      limit ?
      """;

  private static final String HEADS =
      "select draft_id, revision from draft where draft_id = any(:drafts)";

  private static final String INSERT_EVENTS =
      """
      insert into draft_event (
        draft_id, revision, type, actor_id, accepted_at,
        command_actor_id, command_id, command_part, fingerprint, data)
      select
        head.draft_id, e.revision, e.type, e.actor_id, e.accepted_at,
        c.command_actor_id, c.command_id, e.command_part, c.fingerprint, e.data
      from head, change c, jsonb_to_recordset(c.events) as e (
        revision bigint, type text, actor_id text, accepted_at timestamptz,
        command_part smallint, data jsonb)
      """;

  private static final String BEGIN =
      """
      with change as (
        select * from jsonb_to_record(cast(:change as jsonb)) as c (
          revision bigint, creator_id text, title text, platform text, status text,
          holder_id text, term bigint, holders_history text[], passed_at timestamptz,
          collaborators jsonb, segment_count integer, created_at timestamptz,
          updated_at timestamptz, members text[],
          command_actor_id text, command_id text, fingerprint text, events jsonb)
      ), head as (
        insert into draft (
          draft_id, revision, creator_id, title, platform, status, holder_id, term,
          holders_history, passed_at, collaborators, segment_count, created_at, updated_at)
        select
          cast(:draft as text), revision, creator_id, title, platform, status, holder_id, term,
          holders_history, passed_at, collaborators, segment_count, created_at, updated_at
        from change
        on conflict (draft_id) do nothing
        returning draft_id
      ), member as (
        insert into draft_member (user_id, draft_id)
        select unnest(c.members), head.draft_id from head, change c
      ), event as (
      """
          + INSERT_EVENTS
          + ") select count(*) from head";

  private static final String FOLLOW =
      """
      with change as (
        select * from jsonb_to_record(cast(:change as jsonb)) as c (
          revision bigint, title text, status text, holder_id text, term bigint,
          passed_to text[], passed_at timestamptz, joined jsonb, gone text[],
          segment_count integer, updated_at timestamptz,
          command_actor_id text, command_id text, fingerprint text, events jsonb)
      ), head as (
        update draft d
        set revision = c.revision,
            title = coalesce(c.title, d.title),
            status = c.status,
            holder_id = c.holder_id,
            term = c.term,
            holders_history = case
              when c.passed_at is null then d.holders_history
              else (d.holders_history || c.passed_to)[
                greatest(1, cardinality(d.holders_history) + cardinality(c.passed_to) - %d):] end,
            passed_at = coalesce(c.passed_at, d.passed_at),
            collaborators = case
              when c.gone = '{}' and c.joined = '[]' then d.collaborators
              else coalesce(
                (select jsonb_agg(k.value order by k.place)
                 from jsonb_array_elements(d.collaborators) with ordinality as k (value, place)
                 where k.value ->> 'user_id' <> all (c.gone)), '[]') || c.joined end,
            segment_count = c.segment_count,
            updated_at = c.updated_at
        from change c
        where d.draft_id = :draft and d.revision = :expected
        returning d.draft_id
      ), joined as (
        insert into draft_member (user_id, draft_id)
        select k.value ->> 'user_id', head.draft_id
        from head, change c, jsonb_array_elements(c.joined) as k (value)
        on conflict do nothing
      ), gone as (
        delete from draft_member m
        using head, change c
        where m.draft_id = head.draft_id
          and m.user_id = any (c.gone)
          and not c.joined @> jsonb_build_array(jsonb_build_object('user_id', m.user_id))
      ), event as (
      """
              .formatted(RingState.HISTORY_LENGTH - 1)
          + INSERT_EVENTS
          + ") select count(*) from head";

  /** The constraint by which no command gets a second receipt. */
  private static final String RECEIPT = "draft_event_receipt";

  private final Sessions sessions;
  private final Epoch epoch;

  HibernateDraftEventStore(Sessions sessions, Epoch epoch) {
    this.sessions = sessions;
    this.epoch = epoch;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return sessions.read(
        session ->
            DraftRow.of(session, draft, member)
                .map(row -> new DraftHead(row.draft(), row.revision, null)));
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return sessions.read(session -> load(session, draft, command));
  }

  private static Optional<DraftHead> load(
      StatelessSession session, DraftId draft, CommandKey command) {
    List<HeadAndEvent> rows =
        session
            .createSelectionQuery(LOAD, HeadAndEvent.class)
            .setParameter("draft", draft.value())
            .setParameter("user", command.actor().value())
            .setParameter("command", command.commandId())
            .getResultList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    DraftRow head = rows.getFirst().head();
    List<EventRow> events =
        rows.stream().map(HeadAndEvent::event).filter(Objects::nonNull).toList();
    return Optional.of(new DraftHead(head.draft(), head.revision, receipt(events)));
  }

  private static @Nullable Receipt receipt(List<EventRow> events) {
    return events.isEmpty()
        ? null
        : new Receipt(
            events.getFirst().fingerprint, events.stream().map(EventRow::recorded).toList());
  }

  @Override
  public AppendResult append(Commit commit) {
    List<RecordedEvent> events = CommitDocument.recorded(commit);
    try {
      return write(commit, events) == 1 ? new Appended(events) : new RevisionConflict();
    } catch (Sessions.WriteConflictException outrun) {
      return outrun.violates(RECEIPT) ? new CommandRepeated() : new RevisionConflict();
    }
  }

  private long write(Commit commit, List<RecordedEvent> events) {
    if (SegmentAppend.suits(commit)) {
      return sessions.writeDirectly(
          connection -> SegmentAppend.write(connection, commit, events.getFirst()));
    }
    return sessions.write(
        session ->
            commit.expectedRevision() == 0
                ? begin(session, commit, events)
                : follow(session, commit, events));
  }

  private static long begin(StatelessSession session, Commit commit, List<RecordedEvent> events) {
    return session
        .createNativeQuery(BEGIN, Long.class)
        .setParameter("draft", commit.draft().value())
        .setParameter("change", CommitDocument.beginning(commit, events))
        .getSingleResult();
  }

  private static long follow(StatelessSession session, Commit commit, List<RecordedEvent> events) {
    return session
        .createNativeQuery(FOLLOW, Long.class)
        .setParameter("draft", commit.draft().value())
        .setParameter("expected", commit.expectedRevision())
        .setParameter("change", CommitDocument.following(commit, events))
        .getSingleResult();
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return sessions.readDirectly(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READ_AFTER)) {
            statement.setString(1, draft.value());
            statement.setLong(2, revision);
            statement.setInt(3, limit);
            return events(draft, statement.executeQuery());
          }
        });
  }

  /** Row by row past Hibernate: a page of events is what is read most, by the hundred. */
  private static List<RecordedEvent> events(DraftId draft, ResultSet rows) throws SQLException {
    List<RecordedEvent> events = new ArrayList<>();
    while (rows.next()) {
      events.add(
          StoredEvent.read(
              draft,
              rows.getLong(1),
              rows.getString(2),
              rows.getString(3),
              rows.getObject(4, OffsetDateTime.class).toInstant(),
              rows.getString(5)));
    }
    return events;
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    if (drafts.isEmpty()) {
      return Map.of();
    }
    String[] ids = drafts.stream().map(DraftId::value).toArray(String[]::new);
    Map<DraftId, Long> heads = new HashMap<>();
    sessions
        .read(
            session ->
                session
                    .createNativeQuery(HEADS, Object[].class)
                    .setParameter("drafts", ids)
                    .getResultList())
        .forEach(row -> heads.put(new DraftId((String) row[0]), (Long) row[1]));
    return heads;
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }

  /** One row of {@link #LOAD}: the head row comes with each event of the receipt, or with none. */
  record HeadAndEvent(DraftRow head, @Nullable EventRow event) {}
}
