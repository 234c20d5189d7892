package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;
import java.nio.ByteBuffer;

/** An event and its frame, encoded once for all viewers. */
record EncodedEvent(RecordedEvent event, ByteBuffer frame) {
  static EncodedEvent of(RecordedEvent event, FrameEncoder encoder) {
    return new EncodedEvent(event, encoder.encode(event).asReadOnlyBuffer());
  }

  long revision() {
    return event.revision();
  }

  int bytes() {
    return frame.remaining();
  }
}
