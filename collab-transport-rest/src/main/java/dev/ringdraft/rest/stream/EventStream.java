package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.room.Batch;
import dev.ringdraft.room.CloseCode;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.FrameFormat;
import dev.ringdraft.room.SubscriberConnection;
import dev.ringdraft.wire.JsonWriter;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.BuffersBuffer;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * An answer of server-sent events (HTML standard, section 9.2), written through Grizzly's queue,
 * which no thread waits for. Its connection serves nothing else any more: what the client still
 * sends is dropped.
 *
 * <p>A comment is written only while nothing else is on its way, so for a client that does not read
 * one write of the room and one comment wait at the most.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>leaves it by</th></tr>
 * <tr><td>open</td><td>{@link #close} → ending; the client's going → gone</td></tr>
 * <tr><td>ending: the last chunk is on its way</td><td>its arrival, or some time → gone</td></tr>
 * <tr><td>gone: the connection is closed</td><td>nothing</td></tr>
 * </table>
 */
final class EventStream implements SubscriberConnection {
  private static final int SEND_BUFFER_BYTES = 24 << 10;
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
  private static final ByteBuffer COMMENT =
      ByteBuffer.wrap(":\n\n".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  private static final Completion NOBODY_WAITS =
      new Completion() {
        @Override
        public void written() {}

        @Override
        public void failed() {}
      };

  private final FrameFormat format;
  private final StreamPosition from;
  private final long commentNanos;
  private final FilterChainContext context;
  private final NIOConnection connection;
  private final HttpResponsePacket head;
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final ReentrantLock using = new ReentrantLock();
  private volatile long dueAt;

  /** Whether the request may belong to somebody else by now; looked at while using it. */
  private boolean gone;

  /**
   * @param request whose answer has its headers already, and no byte has been sent of it
   * @param from where it begins
   * @param commentEvery how often a comment shows that the stream is alive
   */
  EventStream(Request request, FrameFormat format, StreamPosition from, Duration commentEvery) {
    this.format = format;
    this.from = from;
    this.commentNanos = commentEvery.toNanos();
    this.context = request.getContext();
    this.connection = (NIOConnection) context.getConnection();
    this.head = request.getResponse().getResponse();
  }

  /** Sends the headers, and a first comment or that the client has to read the draft again. */
  void begin(long nanoTime) {
    dueAt = nanoTime + commentNanos;
    boundSendBuffer();
    connection.setProcessor(DiscardingFilter.chain());
    write(buffer(from.snapshotRequired() ? snapshotRequired() : COMMENT), NOBODY_WAITS);
    try {
      connection.enableIOEvent(IOEvent.READ);
    } catch (IOException closed) {
      connection.terminateSilently();
    }
  }

  /** Else the kernel would hold megabytes for a client that does not read. */
  private void boundSendBuffer() {
    if (connection.getChannel() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      } catch (IOException closed) {
        connection.terminateSilently();
      }
    }
  }

  @Override
  public void write(Batch batch, Completion completion) {
    BuffersBuffer news = BuffersBuffer.create(connection.getMemoryManager());
    for (Delivery delivery : batch.deliveries()) {
      RecordedEvent event = delivery.event();
      if (event != null && event.revision() > from.after()) {
        news.append(buffer(delivery.as(format)));
      }
    }
    if (news.hasRemaining()) {
      write(news, completion);
    } else {
      completion.written();
    }
  }

  /** Writes a comment when one is due; ends what does not end by itself. Called again and again. */
  void tick(long nanoTime) {
    if (nanoTime - dueAt < 0) {
      return;
    }
    dueAt = nanoTime + commentNanos;
    if (ending.get()) {
      connection.terminateSilently();
    } else if (writes.get() == 0) {
      comment();
    }
  }

  @Override
  public void close(CloseCode code) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    if (code == CloseCode.SLOW) {
      connection.terminateSilently();
      return;
    }
    dueAt = System.nanoTime() + ENDS_WITHIN.toNanos();
    send(
        Buffers.EMPTY_BUFFER,
        true,
        new Completion() {
          @Override
          public void written() {
            connection.closeSilently();
          }

          @Override
          public void failed() {}
        });
  }

  /** Its id is where the stream goes on, so that a client which comes back is known again. */
  private ByteBuffer snapshotRequired() {
    JsonWriter json =
        new JsonWriter().beginObject().member("type", "snapshot_required").endObject();
    return SseFormat.message(from.after(), ByteBuffer.wrap(json.take()));
  }

  private void comment() {
    write(buffer(COMMENT), NOBODY_WAITS);
  }

  private void write(Buffer bytes, Completion completion) {
    writes.incrementAndGet();
    send(
        bytes,
        false,
        new Completion() {
          @Override
          public void written() {
            writes.decrementAndGet();
            completion.written();
          }

          @Override
          public void failed() {
            completion.failed();
          }
        });
  }

  /**
   * The client has gone. When this returns the request is not touched any more, so it may be let go
   * of: Grizzly uses what belongs to it for others.
   */
  void gone() {
    using.lock();
    try {
      gone = true;
    } finally {
      using.unlock();
    }
  }

  /** A connection that can't be written to is closed. */
  @SuppressWarnings("rawtypes") // as Grizzly has it
  private void send(Buffer bytes, boolean last, Completion completion) {
    boolean late;
    using.lock();
    try {
      late = gone;
      if (!late) {
        context.write(
            null,
            HttpContent.builder(head).content(bytes).last(last).build(),
            new EmptyCompletionHandler<WriteResult>() {
              @Override
              public void completed(WriteResult result) {
                completion.written();
              }

              @Override
              public void failed(Throwable lost) {
                cancelled();
              }

              @Override
              public void cancelled() {
                connection.terminateSilently();
                completion.failed();
              }
            },
            false);
      }
    } finally {
      using.unlock();
    }
    if (late) {
      completion.failed();
    }
  }

  private Buffer buffer(ByteBuffer bytes) {
    return Buffers.wrap(connection.getMemoryManager(), bytes.duplicate());
  }
}
