package dev.ringdraft.room;

import dev.ringdraft.eventstore.RecordedEvent;

/** An event, and what subscribers are sent of it. */
record EncodedEvent(RecordedEvent event, Delivery delivery) {
  static EncodedEvent of(RecordedEvent event, PayloadEncoder encoder) {
    return new EncodedEvent(event, Delivery.of(event, encoder));
  }

  long revision() {
    return event.revision();
  }

  int bytes() {
    return delivery.size();
  }
}
