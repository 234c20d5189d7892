package dev.ringdraft.rest.stream;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The going of a client whose request lasts. Known to Grizzly before the request is suspended:
 * Grizzly reports in order, and a suspended request that it gives up itself would count as under
 * way for ever and hold up an orderly stop.
 */
public final class ClientDisconnect implements CloseListener<Closeable, CloseType> {
  private final @Nullable Request request;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private ClientDisconnect(@Nullable Request request) {
    this.request = request;
  }

  /**
   * Begins to watch a request's client.
   *
   * @param request null on another container than Grizzly, where the going of a client shows only
   *     when the answer is written
   */
  public static ClientDisconnect of(@Nullable Request request) {
    ClientDisconnect departure = new ClientDisconnect(request);
    if (request != null) {
      request.getContext().getConnection().addCloseListener(departure);
    }
    return departure;
  }

  /**
   * The request as the server has it.
   *
   * @throws ProblemException on another container than Grizzly
   */
  public Request request() {
    if (request == null) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.NOT_ACCEPTABLE,
              "there are no event streams here; poll with wait, or use the WebSocket"));
    }
    return request;
  }

  /** Says what to do when the client goes; done at once, when it has gone. */
  void then(Runnable task) {
    CompletableFuture<Void> unused = gone.thenRun(task);
  }

  /** Whether the client has gone. */
  boolean hasHappened() {
    return gone.isDone();
  }

  /** Lets go of a request that will never be answered, when the client has gone. */
  void release() {
    if (request != null && request.getResponse().isSuspended()) {
      request.getResponse().resume();
    }
  }

  /** Ends the connection at once, for an answer that can't be completed. */
  public void abort() {
    if (request != null) {
      request.getContext().getConnection().terminateSilently();
    }
  }

  /** The request is over; its connection may go on to others. */
  public void forget() {
    if (request != null) {
      request.getContext().getConnection().removeCloseListener(this);
    }
  }

  @Override
  public void onClosed(Closeable connection, CloseType type) {
    gone.complete(null);
  }
}
