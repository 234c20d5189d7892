package dev.ringdraft.websocket;

import java.nio.ByteBuffer;

/**
 * Looks at the headers of a client's frames (RFC 6455, section 5.2) before anything buffers their
 * payload: mask, reserved bits, order of fragments, size of the whole message. For one connection,
 * one thread at a time.
 */
final class FrameGuard {
  /** What is found in what came. */
  enum Finding {
    SOUND,
    PROTOCOL_ERROR,
    BINARY,
    TOO_BIG,
    TOO_FAST
  }

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_CONTROL_BYTES = 125;

  private final int maxMessageBytes;
  private final Pacer pacer;
  private final byte[] header = new byte[14];
  private int have;
  private int need = 2;
  private long payloadLeft;
  private long messageBytes;
  private boolean messageOpen;
  private Finding finding = Finding.SOUND;
  private volatile boolean closeSeen;

  FrameGuard(int maxMessageBytes, Pacer pacer) {
    this.maxMessageBytes = maxMessageBytes;
    this.pacer = pacer;
  }

  /** Whether the client sent a close frame. */
  boolean closeSeen() {
    return closeSeen;
  }

  /**
   * Looks on. After a finding other than sound every further call finds the same.
   *
   * @param received its position is moved to its limit: pass a duplicate
   */
  Finding inspect(ByteBuffer received) {
    while (received.hasRemaining() && finding == Finding.SOUND) {
      if (payloadLeft > 0) {
        int skip = (int) Math.min(payloadLeft, received.remaining());
        received.position(received.position() + skip);
        payloadLeft -= skip;
      } else {
        header[have++] = received.get();
        if (have == 2) {
          need = headerBytes();
        }
        if (have == need) {
          finding = inspectHeader();
          have = 0;
          need = 2;
        }
      }
    }
    return finding;
  }

  private int headerBytes() {
    int length = header[1] & 0x7F;
    int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    boolean masked = (header[1] & 0x80) != 0;
    return 2 + extended + (masked ? 4 : 0);
  }

  private Finding inspectHeader() {
    boolean last = (header[0] & 0x80) != 0;
    boolean reserved = (header[0] & 0x70) != 0;
    boolean masked = (header[1] & 0x80) != 0;
    if (reserved || !masked) {
      return Finding.PROTOCOL_ERROR;
    }
    payloadLeft = payloadBytes();
    int opcode = header[0] & 0x0F;
    return switch (opcode) {
      case TEXT, BINARY, CONTINUATION -> inspectMessage(opcode, last);
      case CLOSE, PING, PONG -> inspectControl(opcode, last);
      default -> Finding.PROTOCOL_ERROR;
    };
  }

  private Finding inspectMessage(int opcode, boolean last) {
    if (opcode == BINARY) {
      return Finding.BINARY;
    }
    boolean continues = opcode == CONTINUATION;
    if (continues != messageOpen) {
      return Finding.PROTOCOL_ERROR;
    }
    messageBytes = (continues ? messageBytes : 0) + payloadLeft;
    messageOpen = !last;
    if (payloadLeft < 0 || messageBytes > maxMessageBytes) {
      return Finding.TOO_BIG;
    }
    return paced();
  }

  private Finding inspectControl(int opcode, boolean last) {
    if (!last || payloadLeft < 0 || payloadLeft > MAX_CONTROL_BYTES) {
      return Finding.PROTOCOL_ERROR;
    }
    if (opcode == CLOSE) {
      closeSeen = true;
    }
    return opcode == PING ? paced() : Finding.SOUND;
  }

  private Finding paced() {
    return pacer.allows() ? Finding.SOUND : Finding.TOO_FAST;
  }

  /** A length of 2⁶³ and more is negative here. */
  private long payloadBytes() {
    int length = header[1] & 0x7F;
    return switch (length) {
      case 126 -> ByteBuffer.wrap(header).getShort(2) & 0xFFFF;
      case 127 -> ByteBuffer.wrap(header).getLong(2);
      default -> length;
    };
  }
}
