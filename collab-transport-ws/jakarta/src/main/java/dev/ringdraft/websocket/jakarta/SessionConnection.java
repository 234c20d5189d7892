package dev.ringdraft.websocket.jakarta;

import dev.ringdraft.access.Problem;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.websocket.socket.ClientConnection;
import dev.ringdraft.websocket.socket.SocketAudit;
import dev.ringdraft.websocket.socket.SocketRegistry;
import dev.ringdraft.wire.ServerFrame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one session, one message at a time: containers refuse, or queue without a bound, a
 * message that comes while another is being sent. What waits is bounded: one batch of a room, and
 * so many bytes of answers. No caller waits for the client; what a container does blocking, such as
 * pings and closing, runs on a virtual thread.
 *
 * <p>A close frame goes behind what is being sent. A client that does not read it, or does not
 * answer it, is cut off after a while, as far as the container can do so: Jakarta WebSocket has no
 * method for it. On Tomcat the time-outs of the session are shortened; on others the idle time-out
 * ends it.
 */
final class SessionConnection implements ClientConnection {
  private static final System.Logger LOG = System.getLogger(SessionConnection.class.getName());
  private static final Executor WORKERS = task -> Thread.ofVirtual().start(task);

  /** A client that does not read does not see a close frame either; it is not waited for long. */
  private static final long SLOW_CLOSE_PART = 4;

  /** For a client that can't be reached any more. */
  private static final End BROKEN = new End(CloseCodes.GOING_AWAY.getCode(), "", Duration.ZERO);

  /** How long Tomcat waits for a message that is being sent, before it closes without a frame. */
  private static final String TOMCAT_SEND_TIMEOUT =
      "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  /** How long Tomcat waits for the client's answer to a close frame. */
  private static final String TOMCAT_CLOSE_TIMEOUT =
      "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

  /** What no client says by itself. */
  private static final Set<Integer> BY_CONTAINER =
      Set.of(
          CloseCodes.PROTOCOL_ERROR.getCode(),
          CloseCodes.CANNOT_ACCEPT.getCode(),
          CloseCodes.NOT_CONSISTENT.getCode(),
          CloseCodes.TOO_BIG.getCode());

  private final Session session;
  private final SocketRegistry sockets;
  private final SocketAudit incidents;

  /** What waits to be sent, in order. */
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();

  /** How many asked that it be sent; one of them does. */
  private final AtomicInteger asked = new AtomicInteger();

  /** What is left of the batch that is being sent; touched by {@link #send} alone. */
  private @Nullable Sending sending;

  /** Whether the container has a message that it has not sent yet. */
  private volatile boolean inFlight;

  /** Whether the connection is gone. */
  private volatile boolean lost;

  /** Whether the last that there is to say waits to be sent. */
  private final AtomicBoolean ending = new AtomicBoolean();

  /** Characters of answers and pings that wait. */
  private final AtomicInteger answers = new AtomicInteger();

  private sealed interface Outgoing {}

  private record Events(List<Delivery> deliveries, Completion completion) implements Outgoing {}

  private record Answer(String text) implements Outgoing {}

  private record Ping() implements Outgoing {}

  private record End(int code, String reason, Duration within) implements Outgoing {}

  private record Sending(Iterator<Delivery> left, Completion completion) {}

  SessionConnection(Session session, SocketRegistry sockets, SocketAudit incidents) {
    this.session = session;
    this.sockets = sockets;
    this.incidents = incidents;
  }

  @Override
  public void write(Batch batch, Completion completion) {
    enqueue(new Events(batch.deliveries(), completion));
  }

  @Override
  public void greet(List<String> messages) {
    messages.forEach(this::answer);
    enqueue(new Ping());
  }

  @Override
  public void say(String message) {
    if (mayAnswer()) {
      answer(message);
    }
  }

  @Override
  public void ping() {
    if (mayAnswer()) {
      enqueue(new Ping());
    }
  }

  private boolean mayAnswer() {
    if (answers.get() > sockets.settings().maxControlBytes()) {
      close(CloseCode.SLOW);
    }
    return !ending.get();
  }

  private void answer(String message) {
    answers.addAndGet(message.length());
    enqueue(new Answer(message));
  }

  @Override
  public Executor workers() {
    return WORKERS;
  }

  private void enqueue(Outgoing next) {
    queue.add(next);
    send();
  }

  /** Sends until a message is in flight; called again when it has been sent. */
  private void send() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      boolean more = true;
      while (more && !inFlight) {
        more = sendNext();
      }
      seen = asked.addAndGet(-seen);
    }
  }

  /** Begins to send the next message; false when there is none. */
  private boolean sendNext() {
    Sending batch = sending;
    if (batch != null) {
      if (lost) {
        sending = null;
        batch.completion().failed();
      } else if (batch.left().hasNext()) {
        sendText(batch.left().next().text());
      } else {
        sending = null;
        batch.completion().written();
      }
      return true;
    }
    Outgoing next = queue.poll();
    if (next == null) {
      return false;
    }
    switch (next) {
      case Events events ->
          sending = new Sending(events.deliveries().iterator(), events.completion());
      case Answer answer -> {
        answers.addAndGet(-answer.text().length());
        sendText(answer.text());
      }
      case Ping ping -> onWorker(() -> session.getAsyncRemote().sendPing(ByteBuffer.allocate(0)));
      case End end -> onWorker(() -> closeSession(end));
    }
    return true;
  }

  private void sendText(String text) {
    if (lost) {
      return;
    }
    inFlight = true;
    try {
      session.getAsyncRemote().sendText(text, (SendResult result) -> sent(result));
    } catch (RuntimeException closed) {
      sent(closed);
    }
  }

  private void sent(SendResult result) {
    sent(result.isOK() ? null : result.getException());
  }

  private void sent(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(Level.DEBUG, "a message could not be sent: {0}", failure.toString());
      lost = true;
      WORKERS.execute(() -> cutOff(BROKEN));
    }
    inFlight = false;
    send();
  }

  /** Does what a container may do blocking; nothing is sent meanwhile. */
  private void onWorker(Blocking work) {
    if (lost) {
      return;
    }
    inFlight = true;
    WORKERS.execute(
        () -> {
          try {
            work.run();
          } catch (IOException | RuntimeException failed) {
            LOG.log(Level.DEBUG, "a session failed: {0}", failed.toString());
            lost = true;
          }
          inFlight = false;
          send();
        });
  }

  @FunctionalInterface
  private interface Blocking {
    void run() throws IOException;
  }

  @Override
  public void close(CloseCode code) {
    Duration within = sockets.settings().closeWithin();
    end(
        code.code(),
        code.reason(),
        code == CloseCode.SLOW ? within.dividedBy(SLOW_CLOSE_PART) : within);
  }

  /** Ends the connection with any close code. Again: does nothing. */
  void close(int code, String reason) {
    end(code, reason, sockets.settings().closeWithin());
  }

  private void end(int code, String reason, Duration within) {
    if (ending.compareAndSet(false, true)) {
      incidents.ended(code);
      End end = new End(code, reason, within);
      enqueue(end);
      sockets.afterwards(within, () -> WORKERS.execute(() -> cutOff(end)));
    }
  }

  /**
   * Refuses a client that was not let in: an {@code error}, and a close code that says what to do.
   */
  void refuse(Problem problem) {
    answer(new ServerFrame.Failure(problem.code().code(), problem.detail()).json());
    close(closeCode(problem).code(), problem.code().code());
  }

  private static CloseCode closeCode(Problem problem) {
    return switch (problem.code()) {
      case UNAUTHENTICATED -> CloseCode.TOKEN_ENDED;
      case NOT_FOUND, ORIGIN_NOT_ALLOWED -> CloseCode.FORBIDDEN;
      case VALIDATION_ERROR -> CloseCode.POLICY;
      default -> CloseCode.DRAINING;
    };
  }

  /** Sends the close frame, which on Tomcat waits for what is being sent, and for the network. */
  private void closeSession(End end) throws IOException {
    shortenTomcatsTimeouts(end.within());
    session.close(reason(end));
    // Not before: the session may have been idle for longer, and would end with another code.
    shortenIdleTimeout(end.within());
  }

  private static CloseReason reason(End end) {
    return new CloseReason(CloseCodes.getCloseCode(end.code()), end.reason());
  }

  /** The client had its time. */
  private void cutOff(End end) {
    if (lost && !session.isOpen()) {
      return;
    }
    try {
      shortenTomcatsTimeouts(Duration.ofMillis(1));
      shortenIdleTimeout(Duration.ofMillis(1));
      session.close(reason(end));
    } catch (IOException | RuntimeException closed) {
      LOG.log(Level.DEBUG, "a session was closed already: {0}", closed.toString());
    }
  }

  private void shortenTomcatsTimeouts(Duration within) {
    session.getUserProperties().put(TOMCAT_SEND_TIMEOUT, within.toMillis());
    session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, within.toMillis());
  }

  private void shortenIdleTimeout(Duration within) {
    try {
      session.setMaxIdleTimeout(within.toMillis());
    } catch (IllegalStateException closed) {
      LOG.log(Level.TRACE, "a session has no time-outs any more");
    }
  }

  /** The container ends by itself what it can't read, such as text that is no UTF-8. */
  void closedByContainer(int code) {
    if (BY_CONTAINER.contains(code) && ending.compareAndSet(false, true)) {
      incidents.ended(code);
    }
  }

  /** The connection is gone: what is written from now on fails without being tried. */
  void gone() {
    lost = true;
    inFlight = false;
    send();
  }

  /** Whether what still comes is to be dropped. */
  boolean isClosing() {
    return ending.get();
  }
}
