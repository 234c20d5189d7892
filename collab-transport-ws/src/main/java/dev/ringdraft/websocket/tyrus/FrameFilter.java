package dev.ringdraft.websocket.tyrus;

import dev.ringdraft.room.CloseCode;
import dev.ringdraft.websocket.frame.FrameValidator;
import dev.ringdraft.websocket.frame.FrameValidator.Verdict;
import dev.ringdraft.websocket.frame.MessageInflater;
import dev.ringdraft.websocket.socket.DraftSocket;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connections that have become sockets: looks at a client's bytes and hands them to
 * Tyrus. They pass by HTTP, which would keep each connection's upgrade request, some 10 KiB, for as
 * long as it is open.
 */
final class FrameFilter extends BaseFilter {
  private static final Attribute<OpenSocket> OPEN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(FrameFilter.class.getName());

  private volatile @Nullable FilterChain chain;

  /**
   * A socket, with what Tyrus reads it by.
   *
   * @param inflater null when no compression was agreed on
   */
  record OpenSocket(
      DraftSocket socket,
      SocketConnection connection,
      FrameValidator guard,
      @Nullable MessageInflater inflater,
      Connection tyrus) {}

  /**
   * Takes a connection over from HTTP, once its upgrade request is granted.
   *
   * @param http the filters that it was read by
   */
  void takeOver(NIOConnection network, FilterChain http, OpenSocket socket) {
    OPEN.set(network, socket);
    network.setProcessor(chain(http));
    // How long a socket may be silent, its own ticker knows.
    IdleTimeoutFilter.setCustomTimeout(network, IdleTimeoutFilter.FOREVER, TimeUnit.MILLISECONDS);
    network.getAttributes().removeAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
  }

  /** The connection has ended. */
  void release(NIOConnection network) {
    OPEN.remove(network);
  }

  /**
   * What stands below HTTP, such as TLS, and this on top; the same for all connections. The filter
   * for idle connections stays, because it has to hear of their end.
   */
  private FilterChain chain(FilterChain http) {
    FilterChain known = chain;
    if (known == null) {
      FilterChainBuilder builder = FilterChainBuilder.stateless();
      boolean below = true;
      for (Filter filter : http) {
        below &= !(filter instanceof HttpCodecFilter);
        if (below || filter instanceof IdleTimeoutFilter) {
          builder.add(filter);
        }
      }
      known = builder.add(this).build();
      chain = known;
    }
    return known;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    OpenSocket open = OPEN.get(context.getConnection());
    if (open != null) {
      Buffer bytes = context.getMessage();
      received(open, bytes);
    }
    return context.getStopAction();
  }

  private static void received(OpenSocket open, Buffer bytes) {
    open.socket().heard();
    if (!bytes.isComposite()) {
      received(open, bytes.toByteBuffer());
      return;
    }
    ByteBufferArray parts = bytes.toByteBufferArray();
    for (int i = 0; i < parts.size(); i++) {
      received(open, parts.getArray()[i]);
    }
    parts.recycle();
  }

  private static void received(OpenSocket open, ByteBuffer bytes) {
    Verdict verdict = open.guard().inspect(bytes.duplicate());
    SocketConnection connection = open.connection();
    if (connection.isClosing()) {
      connection.endIfAnswered();
      return;
    }
    if (verdict == Verdict.OK) {
      verdict = read(open, bytes);
    }
    switch (verdict) {
      case OK -> {}
      case PROTOCOL_ERROR -> close(connection, CloseCodes.PROTOCOL_ERROR, "protocol error");
      case BINARY -> close(connection, CloseCodes.CANNOT_ACCEPT, "text only");
      case TOO_BIG -> close(connection, CloseCodes.TOO_BIG, "message too big");
      case TOO_FAST -> connection.close(CloseCode.POLICY);
      case CORRUPT -> close(connection, CloseCodes.NOT_CONSISTENT, "corrupt compression");
    }
  }

  private static Verdict read(OpenSocket open, ByteBuffer bytes) {
    ReadHandler tyrus = open.tyrus().getReadHandler();
    MessageInflater inflater = open.inflater();
    if (inflater == null) {
      tyrus.handle(bytes);
      return Verdict.OK;
    }
    return inflater.read(bytes, tyrus::handle);
  }

  private static void close(SocketConnection connection, CloseCodes code, String reason) {
    connection.close(code.getCode(), reason);
  }
}
