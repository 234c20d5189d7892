package dev.ringdraft.rest.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.wire.EventJson;
import dev.ringdraft.wire.WireInstant;
import dev.ringdraft.wire.WireName;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * How answers become JSON: names in snake_case, ids as their text, instants and constants as on the
 * wire, and events as {@link EventJson} writes them, to the byte, one after the other into the
 * answer.
 */
public final class WireMapper implements ContextResolver<ObjectMapper> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule("wire")
                  .addSerializer(DraftId.class, text(DraftId::value))
                  .addSerializer(SegmentId.class, text(SegmentId::value))
                  .addSerializer(UserId.class, text(UserId::value))
                  .addSerializer(Epoch.class, text(Epoch::value))
                  .addSerializer(Instant.class, text(WireInstant::of))
                  .addSerializer(Enum.class, text(WireName::of))
                  .addSerializer(RecordedEvent.class, raw(EventJson::of)))
          .build();

  public WireMapper() {}

  /** An answer's body as text, for those who answer outside of JAX-RS. */
  public static String json(Object body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("no JSON for " + body.getClass(), unwritable);
    }
  }

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return MAPPER;
  }

  private static <T> JsonSerializer<T> text(Function<? super T, String> text) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeString(text.apply(value));
      }
    };
  }

  private static <T> JsonSerializer<T> raw(Function<? super T, String> json) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
          throws IOException {
        generator.writeRawValue(json.apply(value));
      }
    };
  }
}
