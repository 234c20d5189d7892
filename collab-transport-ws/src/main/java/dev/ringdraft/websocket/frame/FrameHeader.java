package dev.ringdraft.websocket.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The header of a client's frame (RFC 6455, section 5.2), byte by byte. It is asked only when it is
 * complete, and until the next byte is added. For one thread at a time.
 */
final class FrameHeader {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** The reserved bit that says of a message's first frame that it is compressed (RFC 7692). */
  static final int COMPRESSED = 0x40;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int RESERVED = 0x70;
  private static final int LEAST_BYTES = 2;
  private static final int MASK_BYTES = 4;

  private final byte[] bytes = new byte[14];
  private int have;
  private int need;

  /**
   * Adds the next byte, which begins another header when the last one was complete.
   *
   * @return whether the header is complete
   */
  boolean add(byte next) {
    if (have == need) {
      have = 0;
      need = LEAST_BYTES;
    }
    bytes[have++] = next;
    if (have == LEAST_BYTES) {
      int length = bytes[1] & 0x7F;
      int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
      need = LEAST_BYTES + extended + (isMasked() ? MASK_BYTES : 0);
    }
    return have == need;
  }

  boolean isLast() {
    return (bytes[0] & FINAL) != 0;
  }

  int reserved() {
    return bytes[0] & RESERVED;
  }

  int opcode() {
    return bytes[0] & 0x0F;
  }

  boolean isData() {
    return opcode() < CLOSE;
  }

  boolean isMasked() {
    return (bytes[1] & MASKED) != 0;
  }

  /** The byte that the payload's byte at this index is masked with. */
  byte mask(long index) {
    return bytes[need - MASK_BYTES + (int) (index % MASK_BYTES)];
  }

  /** A length of 2⁶³ and more is negative here. */
  long payloadBytes() {
    int length = bytes[1] & 0x7F;
    return switch (length) {
      case 126 -> ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
      case 127 -> ByteBuffer.wrap(bytes).getLong(2);
      default -> length;
    };
  }

  /** A copy of the header as it came. */
  ByteBuffer copy() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, need));
  }
}
