package dev.ringdraft.rest.export;

import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.rest.json.ChunkedWriter;
import dev.ringdraft.rest.stream.ClientDisconnect;
import dev.ringdraft.rest.stream.LogSlices;
import dev.ringdraft.view.DraftSummary;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An export as an answer's body. One slice of the log is in memory at a time, and no connection to
 * the database waits for a reader. A store that is lost on the way ends the connection: the bytes
 * sent by then must not look like the whole text.
 */
public final class DraftExport implements StreamingOutput {
  private final EventWriter writer;
  private final LogSlices log;
  private final ClientDisconnect departure;

  private DraftExport(EventWriter writer, LogSlices log, ClientDisconnect departure) {
    this.writer = writer;
    this.log = log;
    this.departure = departure;
  }

  /**
   * The export of a draft.
   *
   * @param log of the draft, up to the revision of the summary
   * @param departure of the reader
   */
  public static DraftExport of(
      DraftSummary draft, ExportOptions options, LogSlices log, ClientDisconnect departure) {
    return new DraftExport(
        options.format().writer(draft.title(), options.withAuthors()), log, departure);
  }

  @Override
  public void write(OutputStream body) throws IOException {
    StringBuilder out = new StringBuilder();
    writer.begin(out);
    while (log.hasNext()) {
      for (RecordedEvent event : following()) {
        writer.add(event, out);
      }
      flush(out, body);
    }
    writer.end(out);
    flush(out, body);
  }

  private static void flush(StringBuilder out, OutputStream body) throws IOException {
    ChunkedWriter.write(out.toString().getBytes(StandardCharsets.UTF_8), body);
    out.setLength(0);
  }

  private List<RecordedEvent> following() throws IOException {
    try {
      return log.next();
    } catch (RuntimeException lost) {
      departure.abort();
      throw new IOException("an export broke off", lost);
    }
  }
}
