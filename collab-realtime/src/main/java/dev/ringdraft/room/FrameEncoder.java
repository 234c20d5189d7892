package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.presence.PresenceState;
import java.nio.ByteBuffer;

/**
 * Writes what viewers are sent. Port: what a frame is, the transport knows. A frame is ready to be
 * read from its position to its limit, and not changed any more.
 */
public interface FrameEncoder {
  ByteBuffer event(RecordedEvent event);

  /** All who are here. */
  ByteBuffer presence(PresenceState state);

  /** Who came and who went. */
  ByteBuffer presence(PresenceState.Difference difference);
}
