package dev.ringdraft.persistence.store;

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
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.member.UserId;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.persistence.json.StoredNames;
import dev.ringdraft.persistence.store.EventCodec.StoredEvent;
import dev.ringdraft.view.DraftSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Any commit, as one statement that commits by itself: it writes the whole head row from the
 * summary that the commit carries, the members that changed, and the events. The head row is
 * inserted for a draft that begins and updated for one that is at the expected revision; when it is
 * neither, nothing at all is written.
 *
 * <p>The insert of the events is the outermost part, and the only one that can meet a duplicate
 * key: the one of a receipt.
 */
final class GeneralCommit {
  private static final String STATEMENT =
      """
      with head as (
        insert into {schema}draft as d (
          draft_id, revision, creator_id, title, platform, status, holder_id, term,
          holders_history, passed_at, turns, times_out_at, collaborators, segment_count, created_at,
          updated_at)
        select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as timestamptz),
          cast(? as jsonb), ?, ?, ?
        where ? = 0 or exists (select 1 from {schema}draft where draft_id = ?)
        on conflict (draft_id) do update set
          revision = excluded.revision, title = excluded.title, status = excluded.status,
          holder_id = excluded.holder_id, term = excluded.term,
          holders_history = excluded.holders_history, passed_at = excluded.passed_at,
          turns = excluded.turns, times_out_at = excluded.times_out_at,
          collaborators = excluded.collaborators, segment_count = excluded.segment_count,
          updated_at = excluded.updated_at
        where d.revision = ?
        returning d.draft_id
      ), joined as (
        insert into {schema}draft_member (user_id, draft_id)
        select unnest(cast(? as text[])), draft_id from head
        on conflict do nothing
      ), gone as (
        delete from {schema}draft_member m using head
        where m.draft_id = ? and m.user_id = any (?) and head.draft_id = m.draft_id
      )
      insert into {schema}draft_event (
        draft_id, revision, version, type, actor_id, accepted_at,
        command_actor_id, command_id, command_part, fingerprint, data)
      select
        head.draft_id, ? + e.part, %d, e.type, e.actor_id, cast(e.accepted_at as timestamptz),
        ?, ?, e.part - 1, ?, cast(e.data as jsonb)
      from head, unnest(?, ?, ?, ?)
        with ordinality as e (type, actor_id, accepted_at, data, part)
      """
          .formatted(EventCodec.VERSION);

  private final String statement;

  GeneralCommit(Schema schema) {
    statement = schema.in(STATEMENT);
  }

  /** Writes it; false when the draft is at another revision, or has begun already. */
  boolean write(Connection connection, Commit commit) throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(statement)) {
      Parameters parameters = new Parameters(write);
      head(parameters, commit);
      members(parameters, commit);
      events(parameters, commit);
      return Sessions.commit(write) > 0;
    }
  }

  private static void head(Parameters parameters, Commit commit) throws SQLException {
    DraftSummary head = commit.after();
    parameters
        .add(commit.draft().value())
        .add(head.revision())
        .add(head.creator().value())
        .add(head.title())
        .add(head.platform() == null ? null : StoredNames.of(head.platform()))
        .add(StoredNames.of(head.status()))
        .add(head.ring().ring().holder().value())
        .add(head.ring().ring().term())
        .add(texts(head.ring().holdersHistory(), UserId::value))
        .add(head.ring().passedAt())
        .add(StoredTurns.write(head.turns()))
        .add(head.draft().timesOutAt())
        .add(StoredCollaborators.write(head.collaborators()))
        .add(head.segmentCount())
        .add(head.createdAt())
        .add(head.updatedAt())
        .add(commit.expectedRevision())
        .add(commit.draft().value())
        .add(commit.expectedRevision());
  }

  /** Writes the rows of those alone whose membership the events touch. */
  private static void members(Parameters parameters, Commit commit) throws SQLException {
    Set<UserId> joined = new LinkedHashSet<>();
    Set<UserId> gone = new LinkedHashSet<>();
    for (DraftEvent event : commit.events()) {
      switch (event) {
        case DraftCreated created -> joined.add(created.actor());
        case CollaboratorAdded added -> joined.add(added.user());
        case CollaboratorRemoved removed -> gone.add(removed.user());
        case SegmentAdded e -> {}
        case RingPassed e -> {}
        case RingRequested e -> {}
        case RingRequestRemoved e -> {}
        case CollaboratorUpdated e -> {}
        case DraftUpdated e -> {}
      }
    }
    joined.removeIf(user -> !commit.after().isVisibleTo(user));
    gone.removeIf(commit.after()::isVisibleTo);
    parameters
        .add(texts(List.copyOf(joined), UserId::value))
        .add(commit.draft().value())
        .add(texts(List.copyOf(gone), UserId::value));
  }

  private static void events(Parameters parameters, Commit commit) throws SQLException {
    List<StoredEvent> events = commit.events().stream().map(EventCodec::write).toList();
    parameters
        .add(commit.expectedRevision())
        .add(commit.key().actor().value())
        .add(commit.key().commandId())
        .add(commit.fingerprint())
        .add(texts(events, StoredEvent::type))
        .add(texts(events, StoredEvent::actor))
        .add(texts(events, event -> event.at().toString()))
        .add(texts(events, StoredEvent::data));
  }

  private static <T> String[] texts(List<T> values, Function<T, String> text) {
    return values.stream().map(text).toArray(String[]::new);
  }
}
