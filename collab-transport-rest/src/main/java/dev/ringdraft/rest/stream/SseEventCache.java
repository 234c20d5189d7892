package dev.ringdraft.rest.stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.wire.EventJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Events as a stream shows them: the revision as {@code id}, the JSON as {@code data}. Written once
 * for all streams, and kept as long as the room keeps the event. Safe for use by many threads.
 */
final class SseEventCache {
  private final LoadingCache<RecordedEvent, ByteBuffer> texts =
      Caffeine.newBuilder().weakKeys().build(SseEventCache::write);

  /** The bytes of an event, to be read from position to limit. */
  ByteBuffer of(RecordedEvent event) {
    return texts.get(event);
  }

  private static ByteBuffer write(RecordedEvent event) {
    return ByteBuffer.wrap(message(event.revision(), EventJson.of(event))).asReadOnlyBuffer();
  }

  /** A message as a stream shows it. */
  static byte[] message(long id, String json) {
    return "id: %d\ndata: %s\n\n".formatted(id, json).getBytes(StandardCharsets.UTF_8);
  }
}
