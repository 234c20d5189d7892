package dev.ringdraft.app.http.limits;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditEvent.Source;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.ProblemCode;

/** Records connections that are ended before their request is known. */
public final class ConnectionAudit implements EvictionListener {
  private static final String CONNECT = "connect";
  private static final String SEND_HEAD = "send a request";
  private static final String SEND_BODY = "send a body";
  private static final String TAKE_ANSWER = "take an answer";

  private final AuditLog log;

  public ConnectionAudit(AuditLog log) {
    this.log = log;
  }

  @Override
  public void evicted(TrackedConnection connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, CONNECT, connection);
  }

  @Override
  public void bodyEvicted(TrackedConnection connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, SEND_BODY, connection);
  }

  @Override
  public void responseEvicted(TrackedConnection connection) {
    record(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, TAKE_ANSWER, connection);
  }

  @Override
  public void timedOut(TrackedConnection connection) {
    record(Kind.ENDED, ProblemCode.REQUEST_TIMEOUT, SEND_HEAD, connection);
  }

  @Override
  public void malformed(TrackedConnection connection, ProblemCode kind) {
    record(Kind.REFUSED, kind, SEND_HEAD, connection);
  }

  private void record(Kind kind, ProblemCode problem, String action, TrackedConnection connection) {
    log.record(new AuditEvent(kind, problem.code(), action, Source.of(connection.address())));
  }
}
