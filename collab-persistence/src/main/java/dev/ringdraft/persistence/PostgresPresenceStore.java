package dev.ringdraft.persistence;

import dev.ringdraft.draft.DraftId;
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
 * The board as two unlogged tables: a lease for each server, and a row for each draft of a server.
 * Only rows that changed are written, all in one statement, and never inside a commit. The lease
 * ends 10 s after the server was last here, by the database's clock; the next server that comes
 * clears away what it left.
 *
 * <p>A lease that is not there any more, after a crash of the database or a pause of this server,
 * has taken its rows with it: then all are written again, as after a failure.
 */
final class PostgresPresenceStore implements PresenceStore {
  private static final String RENEW =
      """
      update presence_server set alive_until = now() + interval '10 seconds' where server_id = ?""";

  /** Skips what another server clears away, so that two never wait for each other. */
  private static final String CLEAR =
      """
      delete from presence_server where server_id in (
        select server_id from presence_server where alive_until < now() for update skip locked)""";

  private static final String COME =
      "insert into presence_server values (?, now() + interval '10 seconds')";

  private static final String SHOW =
      """
      insert into presence select draft_id, ?, cast(state as jsonb)
      from unnest(?, ?) as shown (draft_id, state)
      on conflict (draft_id, server_id) do update set state = excluded.state""";

  private static final String TAKE_DOWN =
      "delete from presence where server_id = ? and draft_id = any(?)";

  private static final String ELSEWHERE =
      """
      select draft_id, state from presence join presence_server using (server_id)
      where server_id <> ? and draft_id = any(?) and alive_until > now()""";

  private final Sessions sessions;
  private final String server = UUID.randomUUID().toString();

  /** What our rows hold; nobody, where that is not sure. */
  private final Map<DraftId, PresenceState> shown = new HashMap<>();

  PostgresPresenceStore(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public synchronized void publish(Map<DraftId, PresenceState> here) {
    if (here.isEmpty() && shown.isEmpty()) {
      return;
    }
    here.keySet().forEach(draft -> shown.putIfAbsent(draft, PresenceState.EMPTY));
    boolean done = false;
    try {
      sessions.attempt(connection -> write(connection, here));
      done = true;
    } finally {
      if (!done) {
        unsure();
      }
    }
    shown.keySet().retainAll(here.keySet());
    shown.putAll(here);
  }

  private void unsure() {
    shown.replaceAll((draft, state) -> PresenceState.EMPTY);
  }

  private void write(Connection connection, Map<DraftId, PresenceState> here) throws SQLException {
    if (update(connection, RENEW, server) == 0) {
      update(connection, CLEAR);
      update(connection, COME, server);
      unsure();
    }
    Map<DraftId, PresenceState> changed = new LinkedHashMap<>(here);
    changed.entrySet().removeAll(shown.entrySet());
    if (!changed.isEmpty()) {
      String[] states = changed.values().stream().map(StoredPresence::write).toArray(String[]::new);
      update(connection, SHOW, server, ids(changed.keySet()), states);
    }
    Set<DraftId> gone = new HashSet<>(shown.keySet());
    gone.removeAll(here.keySet());
    if (!gone.isEmpty()) {
      update(connection, TAKE_DOWN, server, ids(gone));
    }
  }

  @Override
  public Map<DraftId, PresenceState> readOthers(Collection<DraftId> drafts) {
    Map<DraftId, PresenceState> elsewhere = new HashMap<>();
    if (!drafts.isEmpty()) {
      sessions.attempt(connection -> read(connection, drafts, elsewhere));
    }
    return elsewhere;
  }

  private void read(
      Connection connection, Collection<DraftId> drafts, Map<DraftId, PresenceState> into)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, ELSEWHERE, server, ids(drafts));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        into.merge(
            new DraftId(rows.getString(1)),
            StoredPresence.read(rows.getString(2)),
            PresenceState::and);
      }
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /**
   * @param values texts and arrays of texts
   */
  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
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
