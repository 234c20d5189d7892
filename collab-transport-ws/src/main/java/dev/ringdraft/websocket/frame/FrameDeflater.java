package dev.ringdraft.websocket.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;

/**
 * Compresses a server's frames (RFC 7692, section 7.2.1), each by itself, so that one compressed
 * frame suits every client. A deflater holds about 260 KiB of native memory: a few are kept for the
 * next frame, the others ended. Safe for use by many threads.
 */
final class FrameDeflater {
  /** Frames below this are not worth the work. */
  static final int LEAST_BYTES = 1 << 10;

  private static final int KEPT = 4;

  /** What a flush ends with, and a message leaves out. */
  private static final int TAIL_BYTES = 4;

  private final BlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(KEPT);

  /**
   * The compressed form of a whole text frame.
   *
   * @param frame read in a duplicate
   * @return the frame itself when it is small, or would not become smaller
   */
  ByteBuffer compressed(ByteBuffer frame) {
    if (frame.remaining() < LEAST_BYTES) {
      return frame;
    }
    ByteBuffer payload = Frames.payload(frame);
    ByteBuffer room = ByteBuffer.allocate(payload.remaining() + TAIL_BYTES);
    Deflater deflater = idle.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    try {
      deflater.setInput(payload);
      deflater.deflate(room, Deflater.SYNC_FLUSH);
    } finally {
      deflater.reset();
      if (!idle.offer(deflater)) {
        deflater.end();
      }
    }
    if (!room.hasRemaining()) {
      return frame;
    }
    return Frames.compressedText(room.flip().limit(room.limit() - TAIL_BYTES));
  }
}
