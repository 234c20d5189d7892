package dev.ringdraft.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A viewer on a stream of server-sent events (HTML standard, section 9.2). */
final class StreamViewer extends Viewer {
  private static final int DATA = "data:".length();

  private final Target target;
  private final AnswerReader answer = new AnswerReader();

  StreamViewer(Seat seat, Run run, Target target) {
    super(seat, run);
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
        .formatted(seat.draftId(), run.last(), target.host(), target.credentials(seat.user()))
        .getBytes(US_ASCII);
  }

  @Override
  int read(byte[] bytes, int from, int to, EventScan scan, Watch watch) {
    int end = answer.read(bytes, from, to);
    if (answer.hasHead() && answer.status() != 200) {
      if (answer.isComplete()) {
        watch.refused(this, answer.status(), answer.text());
      }
      return end;
    }
    if (answer.hasHead() && !open) {
      watch.opened(this);
    }
    byte[] body = answer.body();
    int line = 0;
    for (int i = 0; i < answer.bodyLength(); i++) {
      if (body[i] == '\n') {
        line(body, line, i, scan, watch);
        line = i + 1;
      }
    }
    answer.dropBody(line);
    if (answer.isComplete()) {
      watch.closing(this, 0);
    }
    return end;
  }

  private void line(byte[] body, int from, int to, EventScan scan, Watch watch) {
    int data = from + DATA;
    while (data < to && body[data] == ' ') {
      data++;
    }
    if (to - from > DATA && body[from] == 'd' && scan.read(body, data, to)) {
      watch.event(this, scan.revision(), scan.due());
    }
  }
}
