package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.rest.json.ChunkedWriter;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.wire.JsonWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The events that a long poll has waited for, as the body of its response: the bytes that all
 * subscribers share, in the form of an {@link EventPage}.
 *
 * @param revision of the draft, which may be beyond the last event
 */
record PolledEvents(List<Delivery> events, long revision, Epoch epoch) implements StreamingOutput {
  PolledEvents {
    events = List.copyOf(events);
  }

  @Override
  public void write(OutputStream body) throws IOException {
    JsonWriter json = EventPage.begin();
    ChunkedWriter.write(json.take(), body);
    boolean first = true;
    for (Delivery event : events) {
      if (!first) {
        body.write(',');
      }
      first = false;
      ByteBuffer payload = event.payload();
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      ChunkedWriter.write(bytes, body);
    }
    EventPage.end(json, revision, epoch);
    ChunkedWriter.write(json.take(), body);
  }
}
