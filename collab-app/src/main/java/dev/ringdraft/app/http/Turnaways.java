package dev.ringdraft.app.http;

import dev.ringdraft.access.AuditEvent;
import dev.ringdraft.access.AuditEvent.Kind;
import dev.ringdraft.access.AuditLog;
import dev.ringdraft.access.ProblemCode;
import java.net.InetSocketAddress;
import org.glassfish.grizzly.Connection;
import org.jspecify.annotations.Nullable;

/** Notes those who are sent away before it is known what they want. */
final class Turnaways implements Lobby.Doorman {
  private static final String CONNECT = "connect";
  private static final String SEND_HEAD = "send a request";
  private static final String SEND_BODY = "send a body";
  private static final String TAKE_ANSWER = "take an answer";

  private final AuditLog trail;

  Turnaways(AuditLog trail) {
    this.trail = trail;
  }

  @Override
  public void crowdedOut(Connection<?> guest) {
    note(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, CONNECT, guest);
  }

  @Override
  public void bodyCrowdedOut(Connection<?> guest) {
    note(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, SEND_BODY, guest);
  }

  @Override
  public void answerCrowdedOut(Connection<?> guest) {
    note(Kind.LIMITED, ProblemCode.TOO_MANY_CONNECTIONS, TAKE_ANSWER, guest);
  }

  @Override
  public void tooSlow(Connection<?> guest) {
    note(Kind.ENDED, ProblemCode.REQUEST_TIMEOUT, SEND_HEAD, guest);
  }

  /** Somebody sent a head, or a body in chunks, that is none. */
  void malformed(Connection<?> guest, ProblemCode kind) {
    note(Kind.REFUSED, kind, SEND_HEAD, guest);
  }

  private void note(Kind kind, ProblemCode problem, String action, Connection<?> guest) {
    trail.record(
        new AuditEvent(
            kind, problem.code(), action, null, null, address(guest.getPeerAddress()), null));
  }

  private static String address(@Nullable Object peer) {
    return peer instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "gone";
  }
}
