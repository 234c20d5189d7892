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
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.wire.DraftJson;
import dev.ringdraft.wire.DraftSnapshot;
import dev.ringdraft.wire.WireInstant;
import dev.ringdraft.wire.WireName;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;

/**
 * How answers become JSON: names in snake_case, ids as their text, instants and constants as on the
 * wire, and segments as the bytes that they share.
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
                  .addSerializer(
                      DraftSnapshot.Ring.class,
                      raw((DraftSnapshot.Ring ring) -> DraftJson.of(ring)))
                  .addSerializer(
                      DraftSnapshot.Collaborator.class,
                      raw((DraftSnapshot.Collaborator member) -> DraftJson.of(member)))
                  .addSerializer(DraftBody.class, new DraftBodySerializer())
                  .addSerializer(SegmentSlice.class, new SegmentSliceSerializer()))
          .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
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

  /** What the wire's own writers make. */
  private static <T> JsonSerializer<T> raw(Function<? super T, String> writer) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeRawValue(writer.apply(value));
      }
    };
  }

  /** Puts the shared segments between the halves of the draft. */
  private static final class DraftBodySerializer extends JsonSerializer<DraftBody> {
    @Override
    public void serialize(DraftBody body, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      DraftJson.Halves halves = DraftJson.halves(body.draft());
      json.writeRawValue(halves.before());
      if (body.segments() != null) {
        json.writeRaw(",\"segments\":[");
        writeElements(body.segments(), json);
        json.writeRaw(']');
      }
      json.writeRaw(halves.after());
    }
  }

  private static final class SegmentSliceSerializer extends JsonSerializer<SegmentSlice> {
    @Override
    public void serialize(SegmentSlice slice, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      writeElements(slice, json);
      json.writeEndArray();
    }
  }

  /** Copies the bytes into the response, behind the bytes before them. */
  private static void writeElements(SegmentSlice slice, JsonGenerator json) throws IOException {
    if (json.getOutputTarget() instanceof OutputStream body) {
      json.flush();
      slice.write(body);
    } else {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      slice.write(text);
      json.writeRaw(text.toString(StandardCharsets.UTF_8));
    }
  }
}
