package dev.ringdraft.rest.export;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.wire.EventJson;

/** Writes each event as a line of JSON, to the byte as pushed, polled and streamed. */
final class JsonLines implements EventWriter {
  @Override
  public void begin(StringBuilder out) {}

  @Override
  public void add(RecordedEvent event, StringBuilder out) {
    out.append(EventJson.of(event)).append('\n');
  }

  @Override
  public void end(StringBuilder out) {}
}
