package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.SequenceCheck;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketSubscriberTest {
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: collab.v1\r\n\r\n";
  private static final String CONNECTED =
      "{\"type\":\"connected\",\"revision\":3,\"epoch\":\"e\",\"resumed\":false}";

  private final SequenceCheck.Faults faults = new SequenceCheck.Faults();
  private final ViewerSpec spec = new ViewerSpec(0, "d", "e", 1, "ana", false);
  private final Target target =
      new Target(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), "127.0.0.1:8080", null);
  private final SocketSubscriber viewer =
      new SocketSubscriber(spec, new SequenceCheck(1, faults), target);
  private final List<String> told = new ArrayList<>();
  private byte[] sent = {};

  private final BenchSubscriber.Listener listener =
      new BenchSubscriber.Listener() {
        @Override
        public void opened(BenchSubscriber who) {
          who.open = true;
          told.add("opened");
        }

        @Override
        public void refused(BenchSubscriber who, int status, String problem) {
          told.add("refused " + status + " " + problem);
        }

        @Override
        public void event(BenchSubscriber who, long revision, long due) {
          told.add("event " + revision);
        }

        @Override
        public void closing(BenchSubscriber who, int code) {
          told.add("closing " + code);
        }

        @Override
        public void send(BenchSubscriber who, byte[] bytes) {
          sent = bytes;
        }

        @Override
        public void pause(BenchSubscriber who) {
          told.add("pause");
        }
      };

  private static byte[] frame(int kind, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(kind);
    if (payload.length < 126) {
      bytes.write(payload.length);
    } else {
      bytes.write(126);
      bytes.write(payload.length >> 8);
      bytes.write(payload.length);
    }
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return frame(0x81, text.getBytes(UTF_8));
  }

  private static byte[] event(long revision, int padding) {
    return text(
        "{\"type\":\"collab.segment_added\",\"revision\":%d,\"data\":{\"content\":\"%s\"}}"
            .formatted(revision, "x".repeat(padding)));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Gives it all, in pieces of this length, keeping what it leaves. */
  private void receive(byte[] all, int piece) {
    byte[] kept = {};
    EventScan scan = new EventScan();
    for (int at = 0; at < all.length; at += piece) {
      byte[] next = joined(kept, Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
      int done = viewer.read(next, 0, next.length, scan, listener);
      kept = Arrays.copyOfRange(next, done, next.length);
    }
    assertEquals(0, kept.length);
  }

  @Test
  void frames_are_the_same_however_the_network_cuts_them() {
    byte[] all = joined(SWITCHED.getBytes(UTF_8), text(CONNECTED), event(4, 10), event(5, 300));
    for (int piece : List.of(all.length, 1, 7, 100)) {
      told.clear();
      viewer.open = false;
      assertTrue(viewer.opening().length > 0);
      receive(all, piece);

      assertEquals(List.of("opened", "event 4", "event 5"), told, "pieces of " + piece);
    }
  }

  @Test
  void a_ping_is_answered_with_its_own_bytes_masked() {
    receive(joined(begun(), frame(0x89, new byte[] {1, 2})), 1_000);

    assertArrayEquals(new byte[] {(byte) 0x8a, (byte) 0x82, 0, 0, 0, 0, 1, 2}, sent);
  }

  private byte[] begun() {
    assertTrue(viewer.opening().length > 0);
    return joined(SWITCHED.getBytes(UTF_8), text(CONNECTED));
  }

  @Test
  void a_close_tells_its_code() {
    receive(joined(begun(), frame(0x88, new byte[] {15, (byte) 161})), 1_000);

    assertEquals(List.of("opened", "closing 4001"), told);
  }

  @Test
  void a_refusal_tells_its_status_and_problem() {
    assertTrue(viewer.opening().length > 0);
    receive("HTTP/1.1 429 Too Many\r\nContent-Length: 4\r\n\r\nmany".getBytes(UTF_8), 3);

    assertEquals(List.of("refused 429 many"), told);
  }

  @Test
  void a_compressed_frame_that_nobody_asked_for_ends_the_run() {
    byte[] bytes = joined(begun(), frame(0xc1, new byte[] {1}));

    assertThrows(BenchException.class, () -> receive(bytes, bytes.length));
  }
}
