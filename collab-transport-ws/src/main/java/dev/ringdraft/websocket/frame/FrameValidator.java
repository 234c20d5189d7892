package dev.ringdraft.websocket.frame;

import dev.ringdraft.websocket.socket.FixedWindowLimiter;
import java.nio.ByteBuffer;

/**
 * Looks at the headers of a client's frames (RFC 6455, section 5.2) before anything buffers their
 * payload: mask, reserved bits, order of fragments, size of the whole message as it comes. For one
 * connection, one thread at a time.
 */
public final class FrameValidator {
  /** What is found in what came. */
  public enum Verdict {
    OK,
    PROTOCOL_ERROR,
    BINARY,
    TOO_BIG,
    TOO_FAST,
    CORRUPT
  }

  private static final int MAX_CONTROL_BYTES = 125;

  /** By how much compressing may lengthen a message that it can't shorten. */
  private static final int COMPRESSION_BYTES = 64;

  private final int maxMessageBytes;
  private final FixedWindowLimiter pacer;
  private final boolean compression;
  private final FrameHeader header = new FrameHeader();
  private long payloadLeft;
  private long messageBytes;
  private boolean messageOpen;
  private boolean messageCompressed;
  private Verdict verdict = Verdict.OK;
  private volatile boolean closeSeen;

  /**
   * @param compression whether compressed messages were agreed on
   */
  public FrameValidator(int maxMessageBytes, FixedWindowLimiter pacer, boolean compression) {
    this.maxMessageBytes = maxMessageBytes;
    this.pacer = pacer;
    this.compression = compression;
  }

  /** Whether compressed messages were agreed on. */
  public boolean compression() {
    return compression;
  }

  /** Whether the client sent a close frame. */
  public boolean closeSeen() {
    return closeSeen;
  }

  /**
   * Looks on. After a verdict other than sound every further call finds the same.
   *
   * @param received its position is moved to its limit: pass a duplicate
   */
  public Verdict inspect(ByteBuffer received) {
    while (received.hasRemaining() && verdict == Verdict.OK) {
      if (payloadLeft > 0) {
        int skip = (int) Math.min(payloadLeft, received.remaining());
        received.position(received.position() + skip);
        payloadLeft -= skip;
      } else if (header.add(received.get())) {
        verdict = inspectHeader();
      }
    }
    return verdict;
  }

  private Verdict inspectHeader() {
    payloadLeft = header.payloadBytes();
    if (!header.isMasked() || !isReservedRight()) {
      return Verdict.PROTOCOL_ERROR;
    }
    return switch (header.opcode()) {
      case FrameHeader.TEXT, FrameHeader.BINARY, FrameHeader.CONTINUATION -> inspectMessage();
      case FrameHeader.CLOSE, FrameHeader.PING, FrameHeader.PONG -> inspectControl();
      default -> Verdict.PROTOCOL_ERROR;
    };
  }

  /** Only the first frame of a message says that it is compressed. */
  private boolean isReservedRight() {
    return switch (header.reserved()) {
      case 0 -> true;
      case FrameHeader.COMPRESSED ->
          compression && header.isData() && header.opcode() != FrameHeader.CONTINUATION;
      default -> false;
    };
  }

  private Verdict inspectMessage() {
    if (header.opcode() == FrameHeader.BINARY) {
      return Verdict.BINARY;
    }
    boolean continues = header.opcode() == FrameHeader.CONTINUATION;
    if (continues != messageOpen) {
      return Verdict.PROTOCOL_ERROR;
    }
    if (!continues) {
      messageBytes = 0;
      messageCompressed = header.reserved() == FrameHeader.COMPRESSED;
    }
    messageBytes += payloadLeft;
    messageOpen = !header.isLast();
    if (payloadLeft < 0
        || messageBytes > maxMessageBytes + (messageCompressed ? COMPRESSION_BYTES : 0)) {
      return Verdict.TOO_BIG;
    }
    return paced();
  }

  private Verdict inspectControl() {
    if (!header.isLast() || payloadLeft < 0 || payloadLeft > MAX_CONTROL_BYTES) {
      return Verdict.PROTOCOL_ERROR;
    }
    if (header.opcode() == FrameHeader.CLOSE) {
      closeSeen = true;
    }
    return header.opcode() == FrameHeader.PING ? paced() : Verdict.OK;
  }

  private Verdict paced() {
    return pacer.allows() ? Verdict.OK : Verdict.TOO_FAST;
  }
}
