package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import java.nio.ByteBuffer;

/**
 * Writes an event as the frame that viewers receive. Port: what a frame is, the transport knows.
 */
@FunctionalInterface
public interface FrameEncoder {
  /** The frame, ready to be read from its position to its limit, and not changed any more. */
  ByteBuffer encode(RecordedEvent event);
}
