package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.LogFault;
import dev.ringdraft.view.LogReplay;
import dev.ringdraft.view.LogVerifier;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tables. One statement reads the heads of {@value #DRAFTS} drafts, each with its
 * members and its last revision, so the three are of one instant; events never change, so those up
 * to that revision may be read afterwards, {@value #EVENTS} at a time. Rows of a draft that has no
 * head are looked for between the heads.
 *
 * <p>No statement runs long, and no transaction stays open.
 */
public final class StoredLogVerifier implements LogVerifier {
  private static final int DRAFTS = 500;
  private static final int EVENTS = 1_000;

  private static final String HEADS =
      """
      with page as materialized (
        select * from {schema}draft where draft_id %s ? order by draft_id limit %d
      ), members as (
        select draft_id, array_agg(user_id) as user_ids
        from {schema}draft_member
        where draft_id in (select draft_id from page)
        group by draft_id
      )
      select p.*, coalesce(m.user_ids, '{}') as members,
        coalesce((
          select max(e.revision) from {schema}draft_event e where e.draft_id = p.draft_id), 0) as last
      from page p left join members m on m.draft_id = p.draft_id
      order by p.draft_id
      """;

  private static final String WITHOUT_HEAD =
      """
      select o.draft_id, coalesce((
        select array_agg(m.user_id) from {schema}draft_member m where m.draft_id = o.draft_id), '{}')
      from (
        select draft_id from {schema}draft_event where %1$s
        union
        select draft_id from {schema}draft_member where %1$s) o
      where not exists (select 1 from {schema}draft d where d.draft_id = o.draft_id)
      order by o.draft_id
      """;

  private final Sessions sessions;
  private final String headsAfter;
  private final String head;
  private final String withoutHeadBetween;
  private final String withoutHead;
  private final String readAfter;

  public StoredLogVerifier(Sessions sessions, Schema schema) {
    this.sessions = sessions;
    this.headsAfter = schema.in(HEADS.formatted(">", DRAFTS));
    this.head = schema.in(HEADS.formatted("=", 1));
    this.withoutHeadBetween =
        schema.in(WITHOUT_HEAD.formatted("draft_id > ? and (draft_id <= ? or ?)"));
    this.withoutHead = schema.in(WITHOUT_HEAD.formatted("draft_id = ?"));
    this.readAfter = schema.in(HibernateDraftEventStore.READ_AFTER);
  }

  @Override
  public Verified verifyAll(Consumer<LogFault> faults, Consumer<Verified> progress) {
    Verified done = Verified.NOTHING;
    String after = "";
    while (true) {
      List<StoredDraft> page = heads(headsAfter, after);
      boolean last = page.size() < DRAFTS;
      String end = page.isEmpty() ? after : page.getLast().id();
      List<StoredDraft> drafts = new ArrayList<>(page);
      drafts.addAll(withoutHead(withoutHeadBetween, after, end, last));
      for (StoredDraft draft : drafts) {
        LogReplay replay = replay(draft, faults);
        done = done.plus(replay.events(), replay.faults());
        progress.accept(done);
      }
      if (last) {
        return done;
      }
      after = end;
    }
  }

  @Override
  public Verified verify(DraftId draft, Consumer<LogFault> faults) {
    List<StoredDraft> found = new ArrayList<>(heads(head, draft.value()));
    found.addAll(withoutHead(withoutHead, draft.value()));
    Verified done = Verified.NOTHING;
    for (StoredDraft each : found) {
      LogReplay replay = replay(each, faults);
      done = done.plus(replay.events(), replay.faults());
    }
    return done;
  }

  private List<StoredDraft> heads(String statement, String id) {
    return rows(
        statement,
        parameters -> parameters.add(id),
        row ->
            new StoredDraft(
                row.getString("draft_id"),
                new StoredHead(DraftRow.of(row), instant(row, "times_out_at")),
                members(row, "members"),
                row.getLong("last")));
  }

  private List<StoredDraft> withoutHead(String statement, String id) {
    return rows(
        statement, parameters -> parameters.add(id).add(id), StoredLogVerifier::draftWithoutHead);
  }

  private List<StoredDraft> withoutHead(String statement, String after, String end, boolean last) {
    return rows(
        statement,
        parameters -> parameters.add(after).add(end).add(last).add(after).add(end).add(last),
        StoredLogVerifier::draftWithoutHead);
  }

  private static StoredDraft draftWithoutHead(ResultSet row) throws SQLException {
    return new StoredDraft(row.getString(1), null, members(row, "coalesce"), Long.MAX_VALUE);
  }

  private static Set<String> members(ResultSet row, String column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private LogReplay replay(StoredDraft draft, Consumer<LogFault> faults) {
    LogReplay replay = new LogReplay(draft.id(), faults);
    boolean atEnd = draft.last() == 0;
    while (!atEnd) {
      List<StoredRow> page =
          rows(
              readAfter,
              parameters -> parameters.add(draft.id()).add(replay.revision()).add(EVENTS),
              row -> new StoredRow(row.getLong(1), HibernateDraftEventStore.stored(row)));
      for (StoredRow row : page) {
        if (row.revision() <= draft.last()) {
          add(replay, draft.id(), row);
        }
      }
      atEnd = page.size() < EVENTS || page.getLast().revision() >= draft.last();
    }
    end(replay, draft);
    return replay;
  }

  private static void add(LogReplay replay, String draft, StoredRow row) {
    try {
      replay.add(
          new RecordedEvent(new DraftId(draft), row.revision(), EventCodec.decode(row.event())));
    } catch (IllegalArgumentException unreadable) {
      replay.addUnreadable(row.revision(), String.valueOf(unreadable.getMessage()));
    }
  }

  private static void end(LogReplay replay, StoredDraft draft) {
    StoredHead head = draft.head();
    if (head == null) {
      replay.endWithoutHead(draft.members());
      return;
    }
    DraftSummary summary;
    try {
      summary = head.row().decode();
    } catch (IllegalArgumentException | CorruptHistoryException unreadable) {
      replay.endUnreadable(String.valueOf(unreadable.getMessage()));
      return;
    }
    replay.end(summary, head.timesOutAt(), draft.members());
  }

  private <T> List<T> rows(String sql, Setting setting, RowReader<T> reader) {
    return sessions.readDirectly(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setting.set(new Parameters(statement));
            List<T> read = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
              read.add(reader.read(rows));
            }
            return read;
          }
        });
  }

  /** Sets the parameters of a statement. */
  @FunctionalInterface
  private interface Setting {
    Parameters set(Parameters parameters) throws SQLException;
  }

  /** Reads one row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * What the tables hold of a draft, but its events.
   *
   * @param last the revision of its last event at that instant, or any later one
   */
  private record StoredDraft(
      String id, @Nullable StoredHead head, Set<String> members, long last) {}

  /** A head row. */
  private record StoredHead(DraftRow row, @Nullable Instant timesOutAt) {}

  /** A row of an event. */
  private record StoredRow(long revision, EventCodec.StoredEvent event) {}
}
