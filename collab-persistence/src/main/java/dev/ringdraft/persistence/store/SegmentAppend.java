package dev.ringdraft.persistence.store;

import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.persistence.store.EventCodec.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/**
 * The commit of one segment. It has a statement of its own because most commits are one, and it
 * changes three columns of the head row. It bypasses Hibernate, and the driver keeps it prepared on
 * each connection.
 */
final class SegmentAppend {
  /** Moves the head row on, if it is at the expected revision, and inserts the event. */
  static final String STATEMENT =
      """
      with head as (
        update {schema}draft
        set revision = ?, segment_count = ?, updated_at = ?
        where draft_id = ? and revision = ?
        returning draft_id, revision, updated_at)
      insert into {schema}draft_event (
        draft_id, revision, version, type, actor_id, accepted_at,
        command_actor_id, command_id, command_part, fingerprint, data)
      select draft_id, revision, %d, ?, ?, updated_at, ?, ?, 0, ?, cast(? as jsonb)
      from head
      """
          .formatted(EventCodec.VERSION);

  private final String statement;

  SegmentAppend(Schema schema) {
    statement = schema.in(STATEMENT);
  }

  /** Whether the commit is one segment and nothing else, on a draft that has begun. */
  static boolean suits(Commit commit) {
    return commit.expectedRevision() > 0
        && commit.events().size() == 1
        && commit.events().getFirst() instanceof SegmentAdded;
  }

  /** Writes it; false when the draft is at another revision. */
  boolean write(Connection connection, Commit commit) throws SQLException {
    StoredEvent event = EventCodec.write(commit.events().getFirst());
    try (PreparedStatement append = connection.prepareStatement(statement)) {
      append.setLong(1, commit.after().revision());
      append.setInt(2, commit.after().segmentCount());
      append.setObject(3, event.at().atOffset(ZoneOffset.UTC));
      append.setString(4, commit.draft().value());
      append.setLong(5, commit.expectedRevision());
      append.setString(6, event.type());
      append.setString(7, event.actor());
      append.setString(8, commit.key().actor().value());
      append.setString(9, commit.key().commandId());
      append.setString(10, commit.fingerprint());
      append.setString(11, event.data());
      return Sessions.commit(append) == 1;
    }
  }
}
