package dev.ringdraft.persistence;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.notification.CommitNotifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hints through PostgreSQL's {@code LISTEN} and {@code NOTIFY}, on two connections of its own and
 * never inside a commit, because commits that notify wait for each other. At most one message in 10
 * ms, whatever the traffic. A connection that breaks is opened again, after 1 s; what was hinted at
 * in between is lost, as hints may be.
 *
 * <p>Each instance ignores what it sent itself. Its two threads are virtual.
 */
public final class PostgresCommitNotifier implements CommitNotifier {
  private static final System.Logger LOG = System.getLogger(PostgresCommitNotifier.class.getName());
  private static final String CHANNEL = "ringdraft_head";
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(10);
  private static final Duration BEFORE_RECONNECTING = Duration.ofSeconds(1);

  /** After so much silence the connection is asked whether it is still there. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final DatabaseSettings settings;
  private final String ourselves = UUID.randomUUID().toString();
  private final PendingNotifications hints = new PendingNotifications();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Thread telling = Thread.ofVirtual().name("hints-out").unstarted(this::tell);
  private @Nullable Thread hearing;
  private volatile boolean closed;

  private PostgresCommitNotifier(DatabaseSettings settings) {
    this.settings = settings;
  }

  /** Starts to carry hints; needs no answer from the database to begin with. */
  public static PostgresCommitNotifier open(DatabaseSettings settings) {
    PostgresCommitNotifier signal = new PostgresCommitNotifier(settings);
    signal.telling.start();
    return signal;
  }

  @Override
  public void notifyCommit(DraftId draft, long revision) {
    if (!closed) {
      hints.add(draft, revision);
    }
  }

  @Override
  public synchronized void listen(Listener listener) {
    if (hearing != null) {
      throw new IllegalStateException("somebody listens already");
    }
    hearing = Thread.ofVirtual().name("hints-in").start(() -> hear(listener));
  }

  /** Stops telling and listening; a second time does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    telling.interrupt();
    if (hearing != null) {
      hearing.interrupt();
    }
    connections.forEach(PostgresCommitNotifier::abort);
  }

  private void tell() {
    keepConnected(
        "telling",
        connection -> {
          try (PreparedStatement message =
              connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
            while (!closed) {
              message.setString(1, hints.next(ourselves));
              message.execute();
              Thread.sleep(BETWEEN_MESSAGES);
            }
          }
        });
  }

  private void hear(Listener listener) {
    keepConnected(
        "hearing",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!closed) {
              PGNotification[] heard =
                  postgres.getNotifications(Math.toIntExact(SILENCE.toMillis()));
              if (heard == null || heard.length == 0) {
                statement.execute("");
              } else {
                for (PGNotification message : heard) {
                  PendingNotifications.read(message.getParameter(), ourselves, listener);
                }
              }
            }
          }
        });
  }

  private void keepConnected(String what, Work work) {
    boolean resting = false;
    while (!closed) {
      try (Connection connection =
          DriverManager.getConnection(settings.url(), Database.driver(settings))) {
        connections.add(connection);
        resting = false;
        try {
          work.on(connection);
        } finally {
          connections.remove(connection);
        }
      } catch (SQLException broken) {
        if (!closed && !resting) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0} of hints rests until the database answers again: SQLSTATE {1}",
              what,
              broken.getSQLState());
        }
        resting = true;
        rest();
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(BEFORE_RECONNECTING);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a connection that another thread may be waiting on. */
  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was gone already", gone);
    }
  }

  /** What is done with a connection for as long as it holds. */
  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws SQLException, InterruptedException;
  }
}
