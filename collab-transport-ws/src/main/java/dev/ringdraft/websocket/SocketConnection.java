package dev.ringdraft.websocket;

import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.ViewerConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.BuffersBuffer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * One socket, written to through Grizzly's queue, which no thread waits for. Tyrus answers through
 * it as well. Frames of two writes never mingle.
 *
 * <p>It is closed politely: the close frame goes out, what still comes is dropped until the client
 * has answered, and only then, or when the client takes too long, the connection ends. Ended at
 * once, unread bytes would make the kernel reset the connection and the close code would be lost.
 */
final class SocketConnection extends Writer implements ViewerConnection {
  private final NIOConnection connection;
  private final FrameGuard guard;
  private final ScheduledExecutorService timer;
  private final WebSocketSettings settings;
  private final boolean compression;
  private final SocketIncidents incidents;
  private final AtomicBoolean closing = new AtomicBoolean();

  /**
   * @param compression whether compressed frames were agreed on
   */
  SocketConnection(
      NIOConnection connection,
      FrameGuard guard,
      ScheduledExecutorService timer,
      WebSocketSettings settings,
      boolean compression,
      SocketIncidents incidents) {
    this.connection = connection;
    this.guard = guard;
    this.timer = timer;
    this.settings = settings;
    this.compression = compression;
    this.incidents = incidents;
  }

  @Override
  public void write(List<Delivery> deliveries, Completion completion) {
    write(
        joined(deliveries),
        new EmptyCompletionHandler<>() {
          @Override
          public void completed(WriteResult<Buffer, SocketAddress> result) {
            completion.written();
          }

          @Override
          public void failed(Throwable lost) {
            completion.failed();
          }

          @Override
          public void cancelled() {
            completion.failed();
          }
        });
  }

  private Buffer joined(List<Delivery> deliveries) {
    if (deliveries.size() == 1) {
      return wrap(form(deliveries.getFirst()));
    }
    BuffersBuffer all = BuffersBuffer.create(connection.getMemoryManager());
    deliveries.forEach(delivery -> all.append(wrap(form(delivery))));
    return all;
  }

  private ByteBuffer form(Delivery delivery) {
    return (compression ? delivery.compressed() : delivery.frame()).duplicate();
  }

  private Buffer wrap(ByteBuffer bytes) {
    return Buffers.wrap(connection.getMemoryManager(), bytes);
  }

  /**
   * Writes an answer to what the client did. A client that provokes answers and does not read them
   * is disconnected.
   */
  void writeControl(ByteBuffer frame) {
    if (closing.get()) {
      return;
    }
    if (connection.getAsyncWriteQueue().spaceInBytes() > settings.maxControlBytes()) {
      close(CloseCode.SLOW);
    } else {
      write(wrap(frame), new EmptyCompletionHandler<>());
    }
  }

  private void write(
      Buffer bytes, EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>> handler) {
    connection.write(bytes, handler);
  }

  /** Writes for Tyrus: its pongs, and its answers to a client's close. */
  @Override
  public void write(ByteBuffer bytes, CompletionHandler<ByteBuffer> handler) {
    write(
        wrap(bytes),
        new EmptyCompletionHandler<>() {
          @Override
          public void completed(WriteResult<Buffer, SocketAddress> result) {
            handler.completed(bytes);
          }

          @Override
          public void failed(Throwable lost) {
            handler.failed(lost);
          }

          @Override
          public void cancelled() {
            handler.cancelled();
          }
        });
  }

  @Override
  public void close(CloseCode code) {
    close(code.code(), code.reason());
  }

  /** Ends the connection with any close code. Again: does nothing. */
  void close(int code, String reason) {
    if (!closing.get()) {
      incidents.ended(code);
      write(wrap(Frames.close(code, reason)), new EmptyCompletionHandler<>());
      close();
    }
  }

  /** Tyrus has written the last it had to say. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      Future<?> unused =
          timer.schedule(
              connection::terminateSilently,
              settings.closeWithin().toMillis(),
              TimeUnit.MILLISECONDS);
      endIfAnswered();
    }
  }

  /** Whether what still comes is to be dropped. */
  boolean isClosing() {
    return closing.get();
  }

  /** Ends the connection, after what is queued, when the client has said its own goodbye. */
  void endIfAnswered() {
    if (guard.closeSeen()) {
      connection.closeSilently();
    }
  }
}
