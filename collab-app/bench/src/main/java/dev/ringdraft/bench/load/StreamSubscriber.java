package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.HttpResponseReader;
import dev.ringdraft.bench.check.SequenceCheck;

/** A subscriber on a stream of server-sent events (HTML standard, section 9.2). */
final class StreamSubscriber extends BenchSubscriber {
  private static final int DATA = "data:".length();

  private final Target target;
  private final HttpResponseReader answer = new HttpResponseReader();

  StreamSubscriber(ViewerSpec spec, SequenceCheck sequence, Target target) {
    super(spec, sequence);
    this.target = target;
  }

  @Override
  byte[] opening() {
    answer.restart();
    return """
    GET /v1/collab/drafts/%s/events?after=%d HTTP/1.1\r
    Host: %s\r
    %s\r
    Accept: text/event-stream\r
    \r
    """
        .formatted(spec.draftId(), sequence.last(), target.host(), target.credentials(spec.user()))
        .getBytes(US_ASCII);
  }

  @Override
  int read(byte[] bytes, int from, int to, EventScan scan, Listener listener) {
    int end = answer.read(bytes, from, to);
    if (answer.hasHead() && answer.status() != 200) {
      if (answer.isComplete()) {
        listener.refused(this, answer.status(), answer.text());
      }
      return end;
    }
    if (answer.hasHead() && !open) {
      listener.opened(this);
    }
    byte[] body = answer.body();
    int line = 0;
    for (int i = 0; i < answer.bodyLength(); i++) {
      if (body[i] == '\n') {
        line(body, line, i, scan, listener);
        line = i + 1;
      }
    }
    answer.dropBody(line);
    if (answer.isComplete()) {
      listener.closing(this, 0);
    }
    return end;
  }

  private void line(byte[] body, int from, int to, EventScan scan, Listener listener) {
    int data = from + DATA;
    while (data < to && body[data] == ' ') {
      data++;
    }
    if (to - from > DATA && body[from] == 'd' && scan.read(body, data, to)) {
      listener.event(this, scan.revision(), scan.due());
    }
  }
}
