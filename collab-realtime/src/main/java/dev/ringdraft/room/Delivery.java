package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Something that viewers are sent: encoded once, its bytes shared by all of them.
 *
 * @param frame ready to be read from its position to its limit; read only, so it is read in
 *     duplicates
 * @param event what it tells; null when it tells who is here
 */
public record Delivery(ByteBuffer frame, @Nullable RecordedEvent event) {
  public Delivery {
    frame = frame.asReadOnlyBuffer();
  }

  int bytes() {
    return frame.remaining();
  }
}
