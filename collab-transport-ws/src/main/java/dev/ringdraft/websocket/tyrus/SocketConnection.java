package dev.ringdraft.websocket.tyrus;

import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.FrameFormat;
import dev.ringdraft.websocket.config.WebSocketSettings;
import dev.ringdraft.websocket.frame.FrameValidator;
import dev.ringdraft.websocket.frame.Frames;
import dev.ringdraft.websocket.frame.SocketFormats;
import dev.ringdraft.websocket.socket.ClientConnection;
import dev.ringdraft.websocket.socket.SocketAudit;
import dev.ringdraft.websocket.socket.SocketRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.BuffersBuffer;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * One socket. What is written goes straight to the network while nothing waits for it, and else to
 * Grizzly's queue, which no thread waits for. Tyrus answers through it as well. Frames of two
 * writes never mingle.
 *
 * <p>It is closed politely: the close frame goes out, what still comes is dropped until the client
 * has answered, and only then, or when the client takes too long, the connection ends. Ended at
 * once, unread bytes would make the kernel reset the connection and the close code would be lost.
 */
final class SocketConnection extends Writer implements ClientConnection {
  private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());

  /** A client that does not read does not see a close frame either; it is not waited for long. */
  private static final long SLOW_CLOSE_PART = 4;

  private final NIOConnection connection;
  private final @Nullable SocketChannel channel;
  private final FrameValidator guard;
  private final SocketRegistry sockets;
  private final WebSocketSettings settings;
  private final FrameFormat format;
  private final SocketAudit incidents;
  private final ReentrantLock writing = new ReentrantLock();

  /** What goes out together with the next write, before it; null for nothing. Under the lock. */
  private @Nullable List<ByteBuffer> held;

  /** Whether nothing is in Grizzly's queue, where only this puts anything. Under the lock. */
  private boolean queueEmpty;

  /** Whether the connection is gone. */
  private volatile boolean lost;

  /** Whether somebody ends it already. */
  private final AtomicBoolean ending = new AtomicBoolean();

  /** Whether the last that there is to say was written. */
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Bytes of answers and pings that wait. */
  private final AtomicInteger controlBytes = new AtomicInteger();

  SocketConnection(
      NIOConnection connection,
      FrameValidator guard,
      SocketAudit incidents,
      SocketFormats formats,
      SocketRegistry sockets) {
    this.connection = connection;
    this.channel = plainChannel(connection);
    this.guard = guard;
    this.sockets = sockets;
    this.settings = sockets.settings();
    this.format = formats.of(guard.compression());
    this.incidents = incidents;
  }

  /** The channel, if what goes into it is what goes out; null under TLS. */
  private static @Nullable SocketChannel plainChannel(NIOConnection connection) {
    return SSLUtils.getSSLEngine(connection) == null
            && connection.getChannel() instanceof SocketChannel channel
        ? channel
        : null;
  }

  @Override
  public void write(Batch batch, Completion completion) {
    List<Delivery> deliveries = batch.deliveries();
    ByteBuffer[] frames = new ByteBuffer[deliveries.size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = deliveries.get(i).as(format).duplicate();
    }
    write(frames, completion);
  }

  /** Keeps what need not go out by itself until the next write, which takes it along. */
  void cork(ByteBuffer bytes) {
    writing.lock();
    try {
      if (held == null) {
        held = new ArrayList<>();
      }
      held.add(bytes);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void greet(List<String> messages) {
    ByteBuffer[] frames = new ByteBuffer[messages.size() + 1];
    for (int i = 0; i < messages.size(); i++) {
      frames[i] = Frames.text(messages.get(i));
    }
    frames[messages.size()] = Frames.ping();
    write(frames, Completion.none());
  }

  @Override
  public void say(String message) {
    writeControl(Frames.text(message));
  }

  @Override
  public void ping() {
    writeControl(Frames.ping());
  }

  /**
   * Writes an answer to what the client did. A client that provokes answers and does not read them
   * is disconnected; events that are on their way to it are not held against it.
   */
  private void writeControl(ByteBuffer frame) {
    if (closing.get()) {
      return;
    }
    if (controlBytes.get() > settings.maxControlBytes()) {
      close(CloseCode.SLOW);
    } else {
      writeCounted(frame, Completion.none());
    }
  }

  private void writeCounted(ByteBuffer frame, Completion completion) {
    int bytes = frame.remaining();
    controlBytes.addAndGet(bytes);
    write(
        frame,
        new Completion() {
          @Override
          public void written() {
            controlBytes.addAndGet(-bytes);
            completion.written();
          }

          @Override
          public void failed() {
            controlBytes.addAndGet(-bytes);
            completion.failed();
          }
        });
  }

  private int bytesQueued() {
    return connection.getAsyncWriteQueue().spaceInBytes();
  }

  private void write(ByteBuffer frame, Completion completion) {
    write(new ByteBuffer[] {frame}, completion);
  }

  private void write(ByteBuffer[] frames, Completion completion) {
    if (lost) {
      completion.failed();
      return;
    }
    boolean written = false;
    boolean broken = false;
    writing.lock();
    try {
      ByteBuffer[] all = held == null ? frames : behindHeld(held, frames);
      held = null;
      written = writeNow(all);
      if (!written) {
        queueEmpty = false;
        enqueue(all, completion);
      }
    } catch (IOException unwritable) {
      broken = true;
    } catch (RuntimeException fault) {
      // Some of it may have gone out, so nothing may follow.
      LOG.log(Level.ERROR, "connection " + incidents.connection() + " can't be written to", fault);
      broken = true;
    } finally {
      writing.unlock();
    }
    if (written) {
      completion.written();
    } else if (broken) {
      gone();
      connection.terminateSilently();
      completion.failed();
    }
  }

  private static ByteBuffer[] behindHeld(List<ByteBuffer> before, ByteBuffer[] frames) {
    before.addAll(List.of(frames));
    return before.toArray(ByteBuffer[]::new);
  }

  /** The connection is gone: what is written from now on fails without being tried. */
  void gone() {
    lost = true;
  }

  /** Past Grizzly, whose bookkeeping costs as much as the system call; true when all went out. */
  private boolean writeNow(ByteBuffer[] frames) throws IOException {
    if (channel == null || !isQueueEmpty()) {
      return false;
    }
    if (frames.length == 1) {
      channel.write(frames[0]);
    } else {
      channel.write(frames);
    }
    return !frames[frames.length - 1].hasRemaining();
  }

  private boolean isQueueEmpty() {
    queueEmpty = queueEmpty || bytesQueued() == 0;
    return queueEmpty;
  }

  private void enqueue(ByteBuffer[] frames, Completion completion) {
    Buffer bytes;
    if (frames.length == 1) {
      bytes = wrap(frames[0]);
    } else {
      BuffersBuffer all = BuffersBuffer.create(connection.getMemoryManager());
      for (ByteBuffer frame : frames) {
        if (frame.hasRemaining()) {
          all.append(wrap(frame));
        }
      }
      bytes = all;
    }
    connection.write(
        bytes,
        new EmptyCompletionHandler<WriteResult<Buffer, SocketAddress>>() {
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

  private Buffer wrap(ByteBuffer bytes) {
    return Buffers.wrap(connection.getMemoryManager(), bytes);
  }

  /** Writes for Tyrus: its pongs, and its answers to a client's close. */
  @Override
  public void write(ByteBuffer bytes, CompletionHandler<ByteBuffer> handler) {
    writeCounted(
        bytes,
        new Completion() {
          @Override
          public void written() {
            handler.completed(bytes);
          }

          @Override
          public void failed() {
            handler.cancelled();
          }
        });
  }

  @Override
  public void close(CloseCode code) {
    long within = settings.closeWithin().toMillis();
    close(code.code(), code.reason(), code == CloseCode.SLOW ? within / SLOW_CLOSE_PART : within);
  }

  /** Ends the connection with any close code. Again: does nothing. */
  void close(int code, String reason) {
    close(code, reason, settings.closeWithin().toMillis());
  }

  private void close(int code, String reason, long withinMillis) {
    if (!closing.get() && ending.compareAndSet(false, true)) {
      incidents.ended(code);
      write(Frames.close(code, reason), Completion.none());
      endWithin(withinMillis);
    }
  }

  /** Tyrus closes by itself what it can't read, such as text that is no UTF-8. */
  void closedByTyrus(int code) {
    if (!guard.closeSeen() && ending.compareAndSet(false, true)) {
      incidents.ended(code);
    }
  }

  /** Tyrus has written the last it had to say. */
  @Override
  public void close() {
    endWithin(settings.closeWithin().toMillis());
  }

  private void endWithin(long millis) {
    if (closing.compareAndSet(false, true) && !lost) {
      sockets.afterwards(Duration.ofMillis(millis), connection::terminateSilently);
      endIfAnswered();
    }
  }

  @Override
  public Executor workers() {
    return connection.getTransport().getWorkerThreadPool();
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
