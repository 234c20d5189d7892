package dev.ringdraft.app.http.limits;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.ProblemCode;
import java.net.InetSocketAddress;
import org.glassfish.grizzly.Connection;
import org.jspecify.annotations.Nullable;

/** Records connections that are ended before their request is known. */
public final class ConnectionAudit implements ConnectionTracker.EvictionListener {
  private static final String CONNECT = "connect";
  private static final String SEND_HEAD = "send a request";
  private static final String SEND_BODY = "send a body";
  private static final String TAKE_ANSWER = "take an answer";

  private final AuditLog log;

  public ConnectionAudit(AuditLog log) {
    this.log = log;
  }

  @Override
  public void evicted(Connection<?> connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, CONNECT, connection);
  }

  @Override
  public void bodyEvicted(Connection<?> connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, SEND_BODY, connection);
  }

  @Override
  public void responseEvicted(Connection<?> connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, TAKE_ANSWER, connection);
  }

  @Override
  public void timedOut(Connection<?> connection) {
    record(Kind.ENDED, ProblemCode.REQUEST_TIMEOUT, SEND_HEAD, connection);
  }

  /** Somebody sent a head, or a body in chunks, that is none. */
  public void malformed(Connection<?> connection, ProblemCode kind) {
    record(Kind.REFUSED, kind, SEND_HEAD, connection);
  }

  private void record(Kind kind, ProblemCode problem, String action, Connection<?> connection) {
    log.record(
        new AuditEvent(
            kind, problem.code(), action, null, null, address(connection.getPeerAddress()), null));
  }

  private static String address(@Nullable Object peer) {
    return peer instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "gone";
  }
}
