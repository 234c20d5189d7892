package dev.ringdraft.app.http.codec;

import dev.ringdraft.app.http.limits.TrackedConnection;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * A connection of Grizzly's, as its limits need it.
 *
 * @param network of a transport that queues what is written, as that for TCP does
 */
record GrizzlyConnection(Connection<?> network) implements TrackedConnection {
  @Override
  public String address() {
    return network.getPeerAddress() instanceof InetSocketAddress peer
        ? peer.getAddress().getHostAddress()
        : "gone";
  }

  @Override
  public void terminate() {
    network.terminateSilently();
  }

  @Override
  public void terminateAfter(byte[] response) {
    Future<?> unused = network.write(Buffers.wrap(network.getMemoryManager(), response));
    network.closeSilently();
  }

  @Override
  public void whenClosed(Runnable action) {
    network.addCloseListener((CloseListener<Closeable, CloseType>) (closed, type) -> action.run());
  }

  @Override
  public long unflushedBytes() {
    return ((NIOConnection) network).getAsyncWriteQueue().spaceInBytes();
  }

  /** A socket is no longer read as the transport reads. */
  @Override
  public boolean isSocket() {
    return !network.getTransport().getProcessor().equals(network.getProcessor());
  }
}
