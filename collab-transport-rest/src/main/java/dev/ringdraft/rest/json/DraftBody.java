package dev.ringdraft.rest.json;

import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.rest.json.DraftJson.Data;
import dev.ringdraft.view.DraftSummary;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A draft with its text as an answer's body: as {@link DraftJson}, with the segments copied in. */
public final class DraftBody implements StreamingOutput {
  private static final byte[] SEGMENTS = ",\"segments\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}}".getBytes(StandardCharsets.US_ASCII);

  private final byte[] draft;
  private final SegmentArray segments;
  private final int from;

  /**
   * @param segments all of the draft's
   * @param from the position of the first segment to show, 0 or more
   */
  public DraftBody(DraftSummary summary, Epoch epoch, SegmentArray segments, int from) {
    this.draft =
        WireMapper.json(new Data(DraftJson.of(summary, epoch))).getBytes(StandardCharsets.UTF_8);
    this.segments = segments;
    this.from = from;
  }

  /** The segments go to the end of the object that the draft is in {@code {"data":{…}}}. */
  @Override
  public void write(OutputStream body) throws IOException {
    body.write(draft, 0, draft.length - "}}".length());
    body.write(SEGMENTS);
    segments.write(from, segments.size(), body);
    body.write(END);
  }
}
