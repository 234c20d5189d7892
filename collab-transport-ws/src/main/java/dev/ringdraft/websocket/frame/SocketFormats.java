package dev.ringdraft.websocket.frame;

import dev.ringdraft.room.FrameFormat;

/**
 * The two formats in which sockets are sent deliveries: a text frame, and a compressed text frame.
 * Safe for use by many threads.
 */
public final class SocketFormats {
  /** A whole text frame. */
  private static final FrameFormat TEXT =
      delivery -> delivery.behind(Frames.textHeader(delivery.payload().remaining()));

  private final FrameDeflater deflater = new FrameDeflater();

  /** The text frame itself where compression does not pay. */
  private final FrameFormat compressed = delivery -> deflater.compressed(delivery.as(TEXT));

  /** The format of a socket, by whether compressed frames were agreed on. */
  public FrameFormat of(boolean compression) {
    return compression ? compressed : TEXT;
  }
}
