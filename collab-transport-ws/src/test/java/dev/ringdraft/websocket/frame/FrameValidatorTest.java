package dev.ringdraft.websocket.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.websocket.frame.FrameValidator.Verdict;
import dev.ringdraft.websocket.socket.FixedWindowLimiter;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FrameValidatorTest {
  private static final int FINAL = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final AtomicLong nanos = new AtomicLong();
  private final FrameValidator guard =
      new FrameValidator(100, new FixedWindowLimiter(10, 1_000, nanos::get), false);

  /** A masked frame, its mask zero. */
  private static byte[] frame(int first, int length) {
    ByteBuffer frame = ByteBuffer.allocate(length + 14).put((byte) first);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    }
    frame.putInt(0).put(new byte[length]).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private Verdict inspect(byte[]... frames) {
    Verdict verdict = Verdict.OK;
    for (byte[] frame : frames) {
      verdict = guard.inspect(ByteBuffer.wrap(frame));
    }
    return verdict;
  }

  @Test
  void a_message_of_the_largest_size_is_sound() {
    assertEquals(Verdict.OK, inspect(frame(FINAL | TEXT, 100)));
  }

  @Test
  void a_message_one_byte_larger_is_too_big_by_its_header_alone() {
    assertEquals(
        Verdict.TOO_BIG, inspect(new byte[] {(byte) 0x81, (byte) (0x80 | 101), 0, 0, 0, 0}));
  }

  @Test
  void the_fragments_of_a_message_are_counted_together() {
    assertEquals(Verdict.OK, inspect(frame(TEXT, 60), frame(CONTINUATION, 40)));
    assertEquals(Verdict.TOO_BIG, inspect(frame(FINAL | CONTINUATION, 1)));
  }

  @Test
  void a_length_of_sixty_four_bits_is_read_and_refused() {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xFF).putLong(-1L);
    assertEquals(Verdict.TOO_BIG, inspect(header.putInt(0).array()));
  }

  @Test
  void what_comes_byte_by_byte_is_found_the_same() {
    Verdict verdict = Verdict.OK;
    for (byte[] frame : new byte[][] {frame(FINAL | TEXT, 30), frame(FINAL | PING, 3)}) {
      for (byte next : frame) {
        assertEquals(Verdict.OK, verdict);
        verdict = inspect(new byte[] {next});
      }
    }
    assertEquals(Verdict.OK, verdict);
    assertEquals(Verdict.BINARY, inspect(frame(FINAL | BINARY, 1)));
  }

  @Test
  void a_frame_without_mask_breaks_the_protocol() {
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(new byte[] {(byte) 0x81, 1, 'x'}));
  }

  @Test
  void reserved_bits_and_opcodes_break_the_protocol() {
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(frame(FINAL | 0x40 | TEXT, 1)));
    FrameValidator another =
        new FrameValidator(100, new FixedWindowLimiter(10, 1_000, nanos::get), false);
    assertEquals(Verdict.PROTOCOL_ERROR, another.inspect(ByteBuffer.wrap(frame(FINAL | 3, 1))));
  }

  @Test
  void a_continuation_of_nothing_breaks_the_protocol() {
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(frame(FINAL | CONTINUATION, 1)));
  }

  @Test
  void a_message_within_a_message_breaks_the_protocol() {
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(frame(TEXT, 1), frame(FINAL | TEXT, 1)));
  }

  @Test
  void a_control_frame_may_come_between_fragments_but_not_in_fragments() {
    assertEquals(Verdict.OK, inspect(frame(TEXT, 1), frame(FINAL | PING, 1)));
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(frame(PING, 1)));
  }

  @Test
  void a_control_frame_of_more_than_125_bytes_breaks_the_protocol() {
    assertEquals(Verdict.PROTOCOL_ERROR, inspect(frame(FINAL | PING, 126)));
  }

  @Test
  void a_close_frame_is_noticed() {
    assertEquals(Verdict.OK, inspect(frame(FINAL | CLOSE, 2)));
    assertTrue(guard.closeSeen());
  }

  @Test
  void messages_and_pings_beyond_the_pace_are_too_fast_until_time_has_passed() {
    for (int i = 0; i < 10; i++) {
      assertEquals(Verdict.OK, inspect(frame(FINAL | (i % 2 == 0 ? TEXT : PING), 1)));
    }
    nanos.set(1_000);
    assertEquals(Verdict.OK, inspect(frame(FINAL | TEXT, 1)));
    for (int i = 0; i < 9; i++) {
      inspect(frame(FINAL | TEXT, 1));
    }
    assertEquals(Verdict.TOO_FAST, inspect(frame(FINAL | PING, 0)));
  }
}
