package dev.ringdraft.persistence;

import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.wire.EventJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The commit of one segment, as a statement of its own: it is what most commits are, and changes
 * nothing of the head row but revision, count and time. It goes past Hibernate, so that what it
 * costs is the database's work. The driver has it prepared on each connection.
 */
final class SegmentAppend {
  /** Moves the head row on, if it is at the revision that is expected, and inserts the event. */
  static final String STATEMENT =
      """
      with head as (
        update draft
        set revision = ?, segment_count = ?, updated_at = ?
        where draft_id = ? and revision = ?
        returning draft_id, revision, updated_at)
      insert into draft_event (
        draft_id, revision, type, actor_id, accepted_at,
        command_actor_id, command_id, command_part, fingerprint, data)
      select draft_id, revision, ?, ?, updated_at, ?, ?, 0, ?, cast(? as jsonb)
      from head
      """;

  private SegmentAppend() {}

  /** Whether the commit is one segment and nothing else, on a draft that has begun. */
  static boolean suits(Commit commit) {
    return commit.expectedRevision() > 0
        && commit.events().size() == 1
        && commit.events().getFirst() instanceof SegmentAdded;
  }

  /**
   * Carries it out.
   *
   * @param event the segment as it will have been recorded
   * @return rows written: 1, or 0 when the draft is at another revision
   */
  static long write(Connection connection, Commit commit, RecordedEvent event) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATEMENT)) {
      statement.setLong(1, event.revision());
      statement.setInt(2, commit.after().segmentCount());
      statement.setObject(
          3, event.event().at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
      statement.setString(4, commit.draft().value());
      statement.setLong(5, commit.expectedRevision());
      statement.setString(6, EventJson.type(event.event()));
      statement.setString(7, event.event().actor().value());
      statement.setString(8, commit.key().actor().value());
      statement.setString(9, commit.key().commandId());
      statement.setString(10, commit.fingerprint());
      statement.setString(11, EventJson.data(event.event()));
      return statement.executeUpdate();
    }
  }
}
