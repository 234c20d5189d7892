package dev.ringdraft.persistence.signal;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.notification.CommitNotifier;
import dev.ringdraft.notification.NotificationMetrics;
import dev.ringdraft.outage.OutageLog;
import dev.ringdraft.persistence.connection.FailureReason;
import java.sql.Connection;
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
 * Notifications by PostgreSQL's {@code LISTEN} and {@code NOTIFY}, on two connections of its own
 * and never inside a commit, because commits that notify wait for each other. It sends at most one
 * message in 10 ms under any load. A connection that breaks is opened again after 1 s; the
 * notifications in between are lost, which the port allows.
 *
 * <p>Each instance ignores its own messages. Its two threads are virtual. Safe for use by many
 * threads.
 */
public final class PostgresCommitNotifier implements CommitNotifier {
  private static final System.Logger LOG = System.getLogger(PostgresCommitNotifier.class.getName());
  private static final String CHANNEL = "ringdraft_head";
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(10);
  private static final Duration BEFORE_RECONNECTING = Duration.ofSeconds(1);

  /** Without a message for so long, the connection is probed. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

  private final Connections source;
  private final NotificationMetrics metrics;
  private final String self = UUID.randomUUID().toString();
  private final OutageLog sendingOutage = new OutageLog(LOG, "the sending of notifications");
  private final OutageLog receivingOutage = new OutageLog(LOG, "the receiving of notifications");
  private final PendingNotifications pending = new PendingNotifications();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Thread sending = Thread.ofVirtual().name("notifications-out").unstarted(this::send);
  private @Nullable Thread receiving;
  private volatile boolean closed;

  private PostgresCommitNotifier(Connections source, NotificationMetrics metrics) {
    this.source = source;
    this.metrics = metrics;
  }

  /** Starts to carry notifications; does not wait for the database. */
  public static PostgresCommitNotifier open(Connections source, NotificationMetrics metrics) {
    PostgresCommitNotifier notifier = new PostgresCommitNotifier(source, metrics);
    notifier.sending.start();
    return notifier;
  }

  @Override
  public void notifyCommit(DraftId draft, long revision) {
    if (!closed && !pending.add(draft, revision)) {
      metrics.dropped();
    }
  }

  @Override
  public synchronized void listen(Listener listener) {
    if (receiving != null) {
      throw new IllegalStateException("a listener is set already");
    }
    receiving = Thread.ofVirtual().name("notifications-in").start(() -> receive(listener));
  }

  /** Stops sending and receiving; a second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    sending.interrupt();
    if (receiving != null) {
      receiving.interrupt();
    }
    connections.forEach(PostgresCommitNotifier::abort);
  }

  private void send() {
    keepConnected(
        sendingOutage,
        connection -> {
          try (PreparedStatement message =
              connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
            while (!closed) {
              message.setString(1, pending.next(self));
              message.execute();
              metrics.sent();
              sendingOutage.succeeded();
              Thread.sleep(BETWEEN_MESSAGES);
            }
          }
        });
  }

  private void receive(Listener listener) {
    keepConnected(
        receivingOutage,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (!closed) {
              PGNotification[] received =
                  postgres.getNotifications(Math.toIntExact(PROBE_INTERVAL.toMillis()));
              receivingOutage.succeeded();
              if (received == null || received.length == 0) {
                statement.execute("");
              } else {
                for (PGNotification message : received) {
                  if (PendingNotifications.read(message.getParameter(), self, listener)) {
                    metrics.received();
                  }
                }
              }
            }
          }
        });
  }

  private void keepConnected(OutageLog outage, Work work) {
    while (!closed) {
      try (Connection connection = source.open()) {
        connections.add(connection);
        try {
          work.on(connection);
        } finally {
          connections.remove(connection);
        }
      } catch (SQLException broken) {
        if (!closed) {
          metrics.disconnected();
          outage.failed(FailureReason.of(broken));
        }
        pause();
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void pause() {
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

  /** Opens a connection that stays open for long. */
  @FunctionalInterface
  public interface Connections {
    Connection open() throws SQLException;
  }

  /** Work on a connection until it breaks. */
  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws SQLException, InterruptedException;
  }
}
