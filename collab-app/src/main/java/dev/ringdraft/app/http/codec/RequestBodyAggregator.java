package dev.ringdraft.app.http.codec;

import dev.ringdraft.app.http.limits.ConnectionTracker;
import dev.ringdraft.rest.filter.ExpectedBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.InputBuffer;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request on when its body has come whole, so that no thread waits for one that comes
 * slowly: a handler that reads a body of Grizzly's holds a thread of the system, even a virtual
 * one. A body that is larger than bodies may be is not waited for; the handler refuses it. A client
 * that wants to be asked for the body is asked when a handler reads it ({@link Expectation}).
 */
public final class RequestBodyAggregator implements RequestExecutorProvider {
  private static final String WAIT = RequestBodyAggregator.class.getName() + ".wait";

  /** What became of the wait for a body. */
  private enum Wait {
    BEGUN,
    GIVEN_UP
  }

  private final RequestExecutorProvider usual;
  private final ConnectionTracker tracker;
  private final int maxBodyBytes;

  /**
   * @param usual who runs what has come whole
   * @param tracker ends the wait when it takes too long, or when too many wait
   */
  public RequestBodyAggregator(
      RequestExecutorProvider usual, ConnectionTracker tracker, int maxBodyBytes) {
    this.usual = usual;
    this.tracker = tracker;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Whether a request is handed on although its body did not come in time. */
  public static boolean isLate(Request request) {
    return request.getAttribute(WAIT) == Wait.GIVEN_UP;
  }

  /** Asked once for the request, and then for each part of a body that is waited for. */
  @Override
  public @Nullable Executor getExecutor(Request request) {
    int awaited = awaited(request);
    InputBuffer body = request.getInputBuffer();
    if (Expectation.isOpen(request.getRequest()) && request.getAttribute(WAIT) == null) {
      request.setAttribute(ExpectedBody.ATTRIBUTE, (ExpectedBody) () -> ask(request, awaited));
      request.setAttribute(WAIT, Wait.BEGUN);
    }
    return awaited == 0
            || body.isFinished()
            || body.readyData() >= awaited
            || request.getAttribute(WAIT) != null
        ? usual.getExecutor(request)
        : task -> await(request, awaited, task);
  }

  /** So many bytes make the body whole, or too large to be waited for. */
  private int awaited(Request request) {
    if (request.getRequest().isChunked()) {
      return maxBodyBytes + 1;
    }
    long announced = request.getContentLengthLong();
    return announced > maxBodyBytes ? 0 : Math.toIntExact(Math.max(announced, 0));
  }

  /**
   * Asks the client for the body, and waits for it. Only the calling virtual thread waits.
   *
   * @return whether it has come whole, or as much as may be read
   */
  private boolean ask(Request request, int awaited) throws IOException {
    CompletableFuture<Boolean> arrival = new CompletableFuture<>();
    await(
        request,
        awaited,
        () -> {
          boolean unused = arrival.complete(true);
        },
        () -> {
          // What still comes of the body is no request.
          request.getRequest().getProcessingState().setError(true);
          boolean unused = arrival.complete(false);
        });
    Expectation.fulfil(request.getRequest(), request.getContext());
    try {
      return arrival.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while the body was awaited");
    } catch (ExecutionException impossible) {
      throw new IOException(impossible);
    }
  }

  private void await(Request request, int awaited, Runnable task) {
    Connection<?> connection = request.getContext().getConnection();
    Executor workers = connection.getTransport().getWorkerThreadPool();
    // A request that is over may be another's: it is not handed on while this looks at it.
    CompletableFuture<Boolean> looked = new CompletableFuture<>();
    Runnable handOn =
        () -> {
          Future<?> unused = looked.thenRunAsync(task, workers);
        };
    Runnable givenUp =
        () -> {
          request.setAttribute(WAIT, Wait.GIVEN_UP);
          handOn.run();
        };
    request.setAttribute(WAIT, Wait.BEGUN);
    await(request, awaited, handOn, givenUp);
    looked.complete(true);
  }

  private void await(Request request, int awaited, Runnable arrived, Runnable givenUp) {
    GrizzlyConnection tracked = new GrizzlyConnection(request.getContext().getConnection());
    tracker
        .bodyStarted(tracked, awaited, givenUp)
        .ifPresentOrElse(
            body ->
                request
                    .getInputBuffer()
                    .notifyAvailable(
                        new Arrival(
                            () -> {
                              if (tracker.bodyCompleted(tracked, body)) {
                                arrived.run();
                              }
                            }),
                        awaited),
            givenUp);
  }

  /**
   * Hears of the body's end, or of its breaking off, which its reader hears of too; of some ends
   * twice.
   */
  private record Arrival(Runnable then) implements ReadHandler {
    @Override
    public void onDataAvailable() {
      then.run();
    }

    @Override
    public void onAllDataRead() {
      then.run();
    }

    @Override
    public void onError(Throwable lost) {
      then.run();
    }
  }
}
