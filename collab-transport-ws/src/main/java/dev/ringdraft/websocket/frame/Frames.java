package dev.ringdraft.websocket.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes frames (RFC 6455, section 5.2): a server's are whole, unmasked, ready to be shared. */
public final class Frames {
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int MOST_HEADER_BYTES = 14;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private static final ByteBuffer EMPTY_PING = frame(PING, new byte[0]);

  private Frames() {}

  /** A whole text message. */
  public static ByteBuffer text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands before the payload of a whole text message of so many bytes. */
  static ByteBuffer textHeader(int payloadBytes) {
    ByteBuffer header = ByteBuffer.allocate(MOST_HEADER_BYTES);
    putHeader(header, TEXT, 0, payloadBytes);
    return header.flip();
  }

  /** A whole text message whose payload is compressed. */
  static ByteBuffer compressedText(ByteBuffer payload) {
    return frame(FrameHeader.COMPRESSED | TEXT, payload);
  }

  /** A whole text message as a client sends it, its mask zero. */
  static ByteBuffer fromClient(ByteBuffer payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.remaining() + MOST_HEADER_BYTES);
    putHeader(frame, TEXT, MASKED, payload.remaining());
    return frame.putInt(0).put(payload).flip();
  }

  /** The payload of a frame that was made here. */
  static ByteBuffer payload(ByteBuffer frame) {
    int length = frame.get(frame.position() + 1);
    int header = length == 127 ? 10 : length == 126 ? 4 : 2;
    return frame.slice(frame.position() + header, frame.remaining() - header);
  }

  public static ByteBuffer ping() {
    return EMPTY_PING.duplicate();
  }

  /**
   * A close frame.
   *
   * @param reason cut to 123 bytes, which is all that fits
   */
  public static ByteBuffer close(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer payload = ByteBuffer.allocate(2 + Math.min(words.length, 123));
    payload.putShort((short) code).put(words, 0, payload.remaining());
    return frame(CLOSE, payload.array());
  }

  private static ByteBuffer frame(int opcode, byte[] payload) {
    return frame(opcode, ByteBuffer.wrap(payload));
  }

  private static ByteBuffer frame(int opcode, ByteBuffer payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.remaining() + MOST_HEADER_BYTES);
    putHeader(frame, opcode, 0, payload.remaining());
    frame.put(payload).flip();
    return ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.limit()));
  }

  private static void putHeader(ByteBuffer frame, int opcode, int mask, int length) {
    frame.put((byte) (FINAL | opcode));
    if (length < 126) {
      frame.put((byte) (mask | length));
    } else if (length <= 0xFFFF) {
      frame.put((byte) (mask | 126)).putShort((short) length);
    } else {
      frame.put((byte) (mask | 127)).putLong(length);
    }
  }
}
