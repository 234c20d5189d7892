package dev.ringdraft.room;

import java.nio.ByteBuffer;

/**
 * A form in which a transport sends deliveries. Port. Safe for use by many threads.
 *
 * <p>A delivery keeps what it was framed as by the identity of the format, so a transport has one
 * instance of each of its formats.
 */
@FunctionalInterface
public interface FrameFormat {
  /**
   * The bytes that are sent. Called once for each delivery, when a subscriber of this format is
   * sent it for the first time; may ask the delivery for other formats.
   *
   * @return to be read from its position to its limit, and not changed any more
   */
  ByteBuffer frame(Delivery delivery);
}
