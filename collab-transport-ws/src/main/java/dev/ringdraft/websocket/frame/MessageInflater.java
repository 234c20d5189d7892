package dev.ringdraft.websocket.frame;

import dev.ringdraft.websocket.frame.FrameValidator.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a client's compressed messages (RFC 7692, section 7.2.2) before anything else reads
 * them; what is not compressed passes through. It is given what {@link FrameValidator} found sound,
 * so that the compressed form is bounded, too. No message leaves anything behind for the next, and
 * no native memory is held between two. For one connection, one thread at a time.
 */
public final class MessageInflater {
  /** What every compressed message ends with, and leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final int maxMessageBytes;
  private final FrameHeader header = new FrameHeader();
  private long payloadLeft;
  private long payloadTaken;

  /** What has come of the compressed message that is open; null when none is. */
  private @Nullable ByteArrayOutputStream compressed;

  /**
   * @param maxMessageBytes largest message, inflated
   */
  public MessageInflater(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Reads on.
   *
   * @param received whole frames or parts of them; read to its end
   * @param reader is given the same frames, whole messages in place of compressed ones
   */
  public Verdict read(ByteBuffer received, Consumer<ByteBuffer> reader) {
    Verdict verdict = Verdict.OK;
    while (received.hasRemaining() && verdict == Verdict.OK) {
      if (payloadLeft > 0) {
        verdict = takePayload(received, reader);
      } else if (header.add(received.get())) {
        verdict = beginFrame(reader);
      }
    }
    return verdict;
  }

  private Verdict beginFrame(Consumer<ByteBuffer> reader) {
    payloadLeft = header.payloadBytes();
    payloadTaken = 0;
    if (header.isData() && header.reserved() == FrameHeader.COMPRESSED) {
      compressed = new ByteArrayOutputStream();
    }
    if (!isCompressed()) {
      reader.accept(header.copy());
    }
    return payloadLeft == 0 ? endFrame(reader) : Verdict.OK;
  }

  /** A control frame between two fragments is not. */
  private boolean isCompressed() {
    return compressed != null && header.isData();
  }

  private Verdict takePayload(ByteBuffer received, Consumer<ByteBuffer> reader) {
    int length = (int) Math.min(payloadLeft, received.remaining());
    ByteBuffer part = received.slice(received.position(), length);
    received.position(received.position() + length);
    payloadLeft -= length;
    if (compressed != null && header.isData()) {
      while (part.hasRemaining()) {
        compressed.write(part.get() ^ header.mask(payloadTaken++));
      }
    } else {
      reader.accept(part);
    }
    return payloadLeft == 0 ? endFrame(reader) : Verdict.OK;
  }

  private Verdict endFrame(Consumer<ByteBuffer> reader) {
    ByteArrayOutputStream message = compressed;
    if (message == null || !header.isData() || !header.isLast()) {
      return Verdict.OK;
    }
    compressed = null;
    message.writeBytes(TAIL);
    byte[] inflated = new byte[maxMessageBytes + 1];
    int length;
    try {
      length = inflate(message.toByteArray(), inflated);
    } catch (DataFormatException corrupt) {
      return Verdict.CORRUPT;
    }
    if (length > maxMessageBytes) {
      return Verdict.TOO_BIG;
    }
    reader.accept(Frames.fromClient(ByteBuffer.wrap(inflated, 0, length)));
    return Verdict.OK;
  }

  /** Inflates until there is nothing more, or no more room. */
  private static int inflate(byte[] compressed, byte[] into) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      int length = 0;
      while (length < into.length) {
        int more = inflater.inflate(into, length, into.length - length);
        length += more;
        int left = inflater.getRemaining();
        if (inflater.finished() && left > 0) {
          // A block may say that it is the last (section 7.2.3.4); the tail follows all the same.
          inflater.reset();
          inflater.setInput(compressed, compressed.length - left, left);
        } else if (more == 0) {
          if (inflater.needsDictionary()) {
            throw new DataFormatException("a dictionary is asked for");
          }
          return length;
        }
      }
      return length;
    } finally {
      inflater.end();
    }
  }
}
