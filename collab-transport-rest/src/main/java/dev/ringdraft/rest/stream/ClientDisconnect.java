package dev.ringdraft.rest.stream;

import java.util.concurrent.CompletableFuture;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * The going of a client whose request lasts. Known to Grizzly before the request is suspended:
 * Grizzly reports in order, and a suspended request that it gives up itself would count as under
 * way for ever and hold up an orderly stop.
 */
public final class ClientDisconnect implements CloseListener<Closeable, CloseType> {
  private final Request request;
  private final Response response;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private ClientDisconnect(Request request) {
    this.request = request;
    this.response = request.getResponse();
  }

  /** Begins to watch a request's client. */
  public static ClientDisconnect of(Request request) {
    ClientDisconnect departure = new ClientDisconnect(request);
    request.getContext().getConnection().addCloseListener(departure);
    return departure;
  }

  /** The request as the server has it. */
  public Request request() {
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
    if (response.isSuspended()) {
      response.resume();
    }
  }

  /** Ends the connection at once, for an answer that can't be completed. */
  void abort() {
    request.getContext().getConnection().terminateSilently();
  }

  /** The request is over; its connection may go on to others. */
  public void forget() {
    request.getContext().getConnection().removeCloseListener(this);
  }

  @Override
  public void onClosed(Closeable connection, CloseType type) {
    gone.complete(null);
  }
}
