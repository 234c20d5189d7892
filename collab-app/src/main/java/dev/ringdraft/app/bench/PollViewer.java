package dev.ringdraft.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.TimeUnit;

/** A viewer that asks for what is new, and waits for the answer. */
final class PollViewer extends Viewer {
  private static final int WAIT_SECONDS = 25;

  /** An empty answer before this is one of a server that does not wait. */
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);

  private final Target target;
  private final AnswerReader answer = new AnswerReader();
  private long asked;

  PollViewer(Seat seat, Run run, Target target) {
    super(seat, run);
    this.target = target;
  }

  @Override
  byte[] opening() {
    return ask(0);
  }

  @Override
  byte[] resume() {
    return ask(WAIT_SECONDS);
  }

  private byte[] ask(int waitSeconds) {
    answer.restart();
    asked = System.nanoTime();
    return """
    GET /v1/collab/drafts/%s/events?after=%d&wait=%d HTTP/1.1\r
    Host: %s\r
    %s\r
    \r
    """
        .formatted(
            seat.draftId(), run.last(), waitSeconds, target.host(), target.credentials(seat.user()))
        .getBytes(US_ASCII);
  }

  @Override
  int read(byte[] bytes, int from, int to, EventScan scan, Watch watch) {
    int end = answer.read(bytes, from, to);
    if (!answer.isComplete()) {
      return end;
    }
    if (answer.status() != 200) {
      watch.refused(this, answer.status(), answer.text());
      return end;
    }
    boolean first = !open;
    if (first) {
      watch.opened(this);
    }
    byte[] body = answer.body();
    int length = answer.bodyLength();
    int events = 0;
    for (int at = EventScan.next(body, 0, length);
        at >= 0;
        at = EventScan.next(body, at + 1, length)) {
      if (scan.read(body, at, length)) {
        events++;
        watch.event(this, scan.revision(), scan.due());
      }
    }
    if (events == 0 && !first && System.nanoTime() - asked < SOON) {
      watch.pause(this);
    } else {
      watch.send(this, resume());
    }
    return end;
  }
}
