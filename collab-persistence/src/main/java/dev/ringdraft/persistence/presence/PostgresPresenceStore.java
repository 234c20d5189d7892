package dev.ringdraft.persistence.presence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.persistence.connection.Schema;
import dev.ringdraft.persistence.connection.Sessions;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.presence.PresenceStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Presence in two unlogged tables: a lease for each server, and a row for each draft of a server.
 * Only rows that changed are written, and never inside a commit. A lease ends 10 s after its server
 * last renewed it, by the database's clock; the next server to insert a lease deletes those that
 * have ended, and their rows with them.
 *
 * <p>After a crash of the database or a pause of this server its lease may be gone. Then all its
 * rows are written again, as after a failure. Safe for use by many threads.
 */
public final class PostgresPresenceStore implements PresenceStore {
  private static final String RENEW_LEASE =
      """
      update {schema}presence_server set alive_until = now() + interval '10 seconds' where server_id = ?""";

  /** Skips rows that another server deletes, so that two never wait for each other. */
  private static final String DELETE_ENDED =
      """
      delete from {schema}presence_server where server_id in (
        select server_id from {schema}presence_server where alive_until < now() for update skip locked)""";

  private static final String INSERT_LEASE =
      "insert into {schema}presence_server values (?, now() + interval '10 seconds')";

  private static final String UPSERT =
      """
      insert into {schema}presence select draft_id, ?, cast(state as jsonb)
      from unnest(?, ?) as published (draft_id, state)
      on conflict (draft_id, server_id) do update set state = excluded.state""";

  private static final String DELETE =
      "delete from {schema}presence where server_id = ? and draft_id = any(?)";

  private static final String SELECT_OTHERS =
      """
      select draft_id, state from {schema}presence join {schema}presence_server using (server_id)
      where server_id <> ? and draft_id = any(?) and alive_until > now()""";

  private final Sessions sessions;
  private final Schema schema;
  private final String server = UUID.randomUUID().toString();

  /** The state of our rows; empty where it is not known. */
  private final Map<DraftId, PresenceState> published = new HashMap<>();

  public PostgresPresenceStore(Sessions sessions, Schema schema) {
    this.sessions = sessions;
    this.schema = schema;
  }

  @Override
  public synchronized void publish(Map<DraftId, PresenceState> here) {
    if (here.isEmpty() && published.isEmpty()) {
      return;
    }
    here.keySet().forEach(draft -> published.putIfAbsent(draft, PresenceState.EMPTY));
    boolean done = false;
    try {
      sessions.attempt(connection -> write(connection, here));
      done = true;
    } finally {
      if (!done) {
        forgetRows();
      }
    }
    published.keySet().retainAll(here.keySet());
    published.putAll(here);
  }

  private void forgetRows() {
    published.replaceAll((draft, state) -> PresenceState.EMPTY);
  }

  private void write(Connection connection, Map<DraftId, PresenceState> here) throws SQLException {
    if (update(connection, RENEW_LEASE, server) == 0) {
      update(connection, DELETE_ENDED);
      update(connection, INSERT_LEASE, server);
      forgetRows();
    }
    Map<DraftId, PresenceState> changed = new LinkedHashMap<>(here);
    changed.entrySet().removeAll(published.entrySet());
    if (!changed.isEmpty()) {
      String[] states = changed.values().stream().map(StoredPresence::write).toArray(String[]::new);
      update(connection, UPSERT, server, ids(changed.keySet()), states);
    }
    Set<DraftId> gone = new HashSet<>(published.keySet());
    gone.removeAll(here.keySet());
    if (!gone.isEmpty()) {
      update(connection, DELETE, server, ids(gone));
    }
  }

  @Override
  public Map<DraftId, PresenceState> readOthers(Collection<DraftId> drafts) {
    Map<DraftId, PresenceState> others = new HashMap<>();
    if (!drafts.isEmpty()) {
      sessions.attempt(connection -> read(connection, drafts, others));
    }
    return others;
  }

  private void read(
      Connection connection, Collection<DraftId> drafts, Map<DraftId, PresenceState> into)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, SELECT_OTHERS, server, ids(drafts));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        into.merge(
            new DraftId(rows.getString(1)),
            StoredPresence.read(rows.getString(2)),
            PresenceState::and);
      }
    }
  }

  private int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /**
   * @param values texts and arrays of texts
   */
  private PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(schema.in(sql));
    for (int i = 0; i < values.length; i++) {
      statement.setObject(
          i + 1,
          values[i] instanceof String[] texts
              ? connection.createArrayOf("text", texts)
              : values[i]);
    }
    return statement;
  }

  private static String[] ids(Collection<DraftId> drafts) {
    return drafts.stream().map(DraftId::value).toArray(String[]::new);
  }
}
