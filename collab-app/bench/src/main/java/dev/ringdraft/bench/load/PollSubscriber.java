package dev.ringdraft.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.HttpResponseReader;
import dev.ringdraft.bench.check.SequenceCheck;
import java.util.concurrent.TimeUnit;

/** A subscriber by long polling: it asks for newer events and waits for the response. */
final class PollSubscriber extends BenchSubscriber {
  private static final int WAIT_SECONDS = 25;

  /** An empty response sooner than this comes from a server that does not wait. */
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);

  private final Target target;
  private final HttpResponseReader answer = new HttpResponseReader();
  private long asked;

  PollSubscriber(ViewerSpec spec, SequenceCheck sequence, Target target) {
    super(spec, sequence);
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
            spec.draftId(),
            sequence.last(),
            waitSeconds,
            target.host(),
            target.credentials(spec.user()))
        .getBytes(US_ASCII);
  }

  @Override
  int read(byte[] bytes, int from, int to, EventScan scan, Listener listener) {
    int end = answer.read(bytes, from, to);
    if (!answer.isComplete()) {
      return end;
    }
    if (answer.status() != 200) {
      listener.refused(this, answer.status(), answer.text());
      return end;
    }
    boolean first = !open;
    if (first) {
      listener.opened(this);
    }
    byte[] body = answer.body();
    int length = answer.bodyLength();
    int events = 0;
    for (int at = EventScan.next(body, 0, length);
        at >= 0;
        at = EventScan.next(body, at + 1, length)) {
      if (scan.read(body, at, length)) {
        events++;
        listener.event(this, scan.revision(), scan.due());
      }
    }
    if (events == 0 && !first && System.nanoTime() - asked < SOON) {
      listener.pause(this);
    } else {
      listener.send(this, resume());
    }
    return end;
  }
}
