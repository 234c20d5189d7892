package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import java.nio.ByteBuffer;

/**
 * Writes what subscribers are sent. Port: what a frame is, the transport knows. A frame is ready to
 * be read from its position to its limit, and not changed any more.
 */
public interface FrameEncoder {
  ByteBuffer event(RecordedEvent event);

  /** All who are here. */
  ByteBuffer presence(PresenceState state);

  /** Who came and who went. */
  ByteBuffer presence(PresenceState.Difference difference);

  /**
   * The same as one of the frames above, for subscribers that understand a compressed form. Called
   * once a frame at most, whatever the number of subscribers.
   *
   * @param frame to be read in a duplicate
   * @return the frame itself when it is not worth compressing
   */
  default ByteBuffer compressed(ByteBuffer frame) {
    return frame;
  }
}
