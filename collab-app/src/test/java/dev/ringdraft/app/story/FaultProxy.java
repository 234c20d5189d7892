package dev.ringdraft.app.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy that cuts connections, or keeps them open and loses what is sent. */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile String hiddenHeader = "";

  FaultProxy(String url) throws IOException {
    target = URI.create(url).getPort();
    entrance = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
  }

  /** Leads new connections to another server. */
  void leadTo(String url) {
    target = URI.create(url).getPort();
  }

  /** Ends all connections. */
  void cut() {
    lines.forEach(Line::close);
  }

  /** Makes all connections half-open: nothing passes any more, and neither side hears of it. */
  void freeze() {
    lines.forEach(line -> line.frozen = true);
  }

  /** Gives a header of new requests another name. */
  void hide(String header) {
    hiddenHeader = header;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Line line = new Line(entrance.accept());
        lines.add(line);
        Thread.ofVirtual().start(line::open);
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }

  private final class Line {
    private final Socket near;
    private final Socket far = new Socket();
    private volatile boolean frozen;

    Line(Socket near) {
      this.near = near;
    }

    void open() {
      try {
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pump(far, near));
        pump(near, far);
      } catch (IOException refused) {
        close();
      }
    }

    private void pump(Socket from, Socket to) {
      byte[] bytes = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
          if (!frozen) {
            out.write(shown(bytes, length));
          }
        }
      } catch (IOException cut) {
        // The other side is closed below.
      } finally {
        close();
      }
    }

    private byte[] shown(byte[] bytes, int length) {
      String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      if (!hiddenHeader.isEmpty()) {
        text = text.replace(hiddenHeader, "x".repeat(hiddenHeader.length()));
      }
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void close() {
      lines.remove(this);
      try {
        near.close();
        far.close();
      } catch (IOException gone) {
        throw new IllegalStateException(gone);
      }
    }
  }
}
