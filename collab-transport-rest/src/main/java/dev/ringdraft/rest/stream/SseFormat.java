package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.room.Delivery;
import dev.ringdraft.room.FrameFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Events as a stream of server-sent events shows them: the revision as {@code id}, the JSON as
 * {@code data}. Presence is not shown. Safe for use by many threads.
 */
final class SseFormat implements FrameFormat {
  private static final byte[] END = {'\n', '\n'};

  /**
   * @throws IllegalArgumentException when the delivery carries no event
   */
  @Override
  public ByteBuffer frame(Delivery delivery) {
    RecordedEvent event = delivery.event();
    if (event == null) {
      throw new IllegalArgumentException("no event");
    }
    return message(event.revision(), delivery.payload());
  }

  /** A message of a stream. */
  static ByteBuffer message(long id, ByteBuffer json) {
    byte[] begin = "id: %d\ndata: ".formatted(id).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(begin.length + json.remaining() + END.length)
        .put(begin)
        .put(json)
        .put(END)
        .flip();
  }
}
