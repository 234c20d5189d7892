package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;

/** An event and its frame, encoded once for all subscribers. */
record EncodedEvent(RecordedEvent event, Delivery delivery) {
  static EncodedEvent of(RecordedEvent event, FrameEncoder encoder) {
    return new EncodedEvent(event, Delivery.of(event, encoder));
  }

  long revision() {
    return event.revision();
  }

  int bytes() {
    return delivery.bytes();
  }
}
