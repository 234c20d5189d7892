package dev.ringdraft.websocket;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import dev.ringdraft.room.FrameEncoder;
import dev.ringdraft.wire.EventJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes frames of a server (RFC 6455, section 5.2): whole, unmasked, ready to be shared. */
public final class Frames {
  private static final int FINAL = 0x80;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private static final ByteBuffer EMPTY_PING = frame(PING, new byte[0]);

  private Frames() {}

  /** Encodes what is shared as text frames in direct memory, which the network needs no copy of. */
  public static FrameEncoder shared() {
    return new FrameEncoder() {
      @Override
      public ByteBuffer event(RecordedEvent event) {
        return direct(EventJson.of(event));
      }

      @Override
      public ByteBuffer presence(PresenceState state) {
        return direct(ServerMessages.presenceState(state));
      }

      @Override
      public ByteBuffer presence(PresenceState.Difference difference) {
        return direct(ServerMessages.presenceDifference(difference));
      }
    };
  }

  private static ByteBuffer direct(String text) {
    ByteBuffer frame = text(text);
    return ByteBuffer.allocateDirect(frame.remaining()).put(frame).flip();
  }

  static ByteBuffer text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static ByteBuffer ping() {
    return EMPTY_PING.duplicate();
  }

  /**
   * A close frame.
   *
   * @param reason cut to 123 bytes, which is all that fits
   */
  static ByteBuffer close(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer payload = ByteBuffer.allocate(2 + Math.min(words.length, 123));
    payload.putShort((short) code).put(words, 0, payload.remaining());
    return frame(CLOSE, payload.array());
  }

  private static ByteBuffer frame(int opcode, byte[] payload) {
    int length = payload.length;
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) (FINAL | opcode));
    if (length < 126) {
      frame.put((byte) length);
    } else if (length <= 0xFFFF) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    frame.put(payload).flip();
    return ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.limit()));
  }
}
