package dev.ringdraft.rest.json;

import dev.ringdraft.eventstore.Epoch;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Some segments of a draft in order as an answer's body: {@code {"data":[…],"epoch":…}}.
 *
 * @param segments all of the draft's
 * @param from the first position of the page
 * @param to the position behind the last
 */
public record SegmentPage(SegmentArray segments, int from, int to, Epoch epoch)
    implements StreamingOutput {
  @Override
  public void write(OutputStream body) throws IOException {
    body.write("{\"data\":[".getBytes(StandardCharsets.US_ASCII));
    segments.write(from, to, body);
    body.write("],\"epoch\":\"%s\"}".formatted(epoch.value()).getBytes(StandardCharsets.UTF_8));
  }
}
