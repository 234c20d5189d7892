package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.HttpResponseReader;
import dev.ringdraft.bench.check.SequenceCheck;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber on a WebSocket (RFC 6455). It reads text frames in place, answers pings, and refuses
 * frames that this server never sends.
 */
final class SocketSubscriber extends BenchSubscriber {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;

  private final Target target;
  private @Nullable HttpResponseReader handshake;

  SocketSubscriber(ViewerSpec spec, SequenceCheck sequence, Target target) {
    super(spec, sequence);
    this.target = target;
  }

  @Override
  byte[] opening() {
    handshake = new HttpResponseReader();
    String query = visited ? "?after=%d&epoch=%s".formatted(sequence.last(), spec.epoch()) : "";
    return """
    GET /v1/ws/drafts/%s%s HTTP/1.1\r
    Host: %s\r
    %s\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Version: 13\r
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
    Sec-WebSocket-Protocol: collab.v1\r
    \r
    """
        .formatted(spec.draftId(), query, target.host(), target.credentials(spec.user()))
        .getBytes(US_ASCII);
  }

  @Override
  int read(byte[] bytes, int from, int to, EventScan scan, Listener listener) {
    int at = from;
    HttpResponseReader answer = handshake;
    if (answer != null) {
      at = answer.read(bytes, at, to);
      if (!answer.isComplete()) {
        return at;
      }
      if (answer.status() != 101) {
        listener.refused(this, answer.status(), answer.text());
        return to;
      }
      handshake = null;
    }
    while (true) {
      int end = frame(bytes, at, to, scan, listener);
      if (end < 0) {
        return at;
      }
      at = end;
    }
  }

  /** Reads one frame and returns its end; -1 if it is incomplete. */
  private int frame(byte[] bytes, int at, int to, EventScan scan, Listener listener) {
    if (to - at < 2) {
      return -1;
    }
    int length = bytes[at + 1] & 0xff;
    int begin = at + 2;
    if (length == 126) {
      if (to - at < 4) {
        return -1;
      }
      length = twoBytes(bytes, at + 2);
      begin = at + 4;
    } else if (length == 127) {
      if (to - at < 10) {
        return -1;
      }
      length = twoBytes(bytes, at + 6) << 16 | twoBytes(bytes, at + 8);
      begin = at + 10;
    } else if (length > 127) {
      throw new BenchException("the server sent a masked frame");
    }
    if (to - begin < length) {
      return -1;
    }
    int end = begin + length;
    switch (bytes[at] & 0xff) {
      case TEXT -> text(bytes, begin, end, scan, listener);
      case PING -> listener.send(this, pong(bytes, begin, end));
      case CLOSE -> listener.closing(this, length < 2 ? 0 : twoBytes(bytes, begin));
      case PONG -> {}
      default ->
          throw new BenchException(
              "the server sent a frame that begins with 0x%02x".formatted(bytes[at] & 0xff));
    }
    return end;
  }

  private static int twoBytes(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private void text(byte[] bytes, int from, int to, EventScan scan, Listener listener) {
    if (scan.read(bytes, from, to)) {
      listener.event(this, scan.revision(), scan.due());
      return;
    }
    if (!open && EventScan.contains("\"type\":\"connected\"", bytes, from, to)) {
      boolean resumed = EventScan.contains("\"resumed\":true", bytes, from, to);
      if (!visited || !resumed) {
        // A subscriber that is not resumed has missed the events in between.
        sequence.arrivedAt(EventScan.revisionIn(bytes, from, to), visited);
      }
      listener.opened(this);
    }
  }

  /** Masked with zeros, so that the payload stays as it is. */
  private static byte[] pong(byte[] bytes, int from, int to) {
    byte[] pong = new byte[6 + to - from];
    pong[0] = (byte) PONG;
    pong[1] = (byte) (MASKED | (to - from));
    System.arraycopy(bytes, from, pong, 6, to - from);
    return pong;
  }
}
