package dev.ringdraft.rest.stream;

import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.rest.json.ChunkedWriter;
import dev.ringdraft.wire.EventJson;
import dev.ringdraft.wire.JsonWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A page of events as an answer's body: {@code {"data":[…],"revision":…,"epoch":…}}. It is read in
 * slices of {@value #SLICE} events, and each is written before the next one is read: so no more
 * than one is in memory, and no connection to the database waits for a reader.
 *
 * <p>The first slice is read before the answer begins, so a store that can't be reached is a
 * problem like any other. One that is lost later ends the connection: the bytes sent by then are no
 * JSON, and must not look like a whole answer.
 */
public final class EventPage implements StreamingOutput {
  /** Most events to hold at once. */
  public static final int SLICE = 100;

  private final DraftEventStore store;
  private final EventQuery query;
  private final DraftVersion head;
  private final ClientDisconnect departure;
  private final List<RecordedEvent> first;

  /**
   * Reads the first slice.
   *
   * @param head of the draft when its reader was let in; the page goes no further than the slice
   *     which holds it
   * @param departure of the reader
   */
  public EventPage(
      DraftEventStore store, EventQuery query, DraftVersion head, ClientDisconnect departure) {
    this.store = store;
    this.query = query;
    this.head = head;
    this.departure = departure;
    this.first = query.after() >= head.revision() ? List.of() : slice(query.after(), query.limit());
  }

  private List<RecordedEvent> slice(long after, int left) {
    return store.readAfter(query.draft(), after, Math.min(SLICE, left));
  }

  @Override
  public void write(OutputStream body) throws IOException {
    JsonWriter json = begin();
    long last = 0;
    int left = query.limit();
    for (List<RecordedEvent> slice = first; !slice.isEmpty(); slice = following(last, left)) {
      slice.forEach(event -> EventJson.write(json, event));
      ChunkedWriter.write(json.take(), body);
      last = slice.getLast().revision();
      left -= slice.size();
    }
    end(json, Math.max(head.revision(), last), head.epoch());
    ChunkedWriter.write(json.take(), body);
  }

  /** What stands before the events. */
  static JsonWriter begin() {
    return new JsonWriter().beginObject().beginArray("data");
  }

  /**
   * What stands behind the events.
   *
   * @param revision of the draft, which may be beyond the page's last event
   */
  static void end(JsonWriter json, long revision, Epoch epoch) {
    json.endArray().member("revision", revision).member("epoch", epoch.value()).endObject();
  }

  private List<RecordedEvent> following(long last, int left) throws IOException {
    if (left == 0 || last >= head.revision()) {
      return List.of();
    }
    try {
      return slice(last, left);
    } catch (RuntimeException lost) {
      departure.abort();
      throw new IOException(
          "draft %s: a page of events broke off behind %d".formatted(query.draft(), last), lost);
    }
  }
}
