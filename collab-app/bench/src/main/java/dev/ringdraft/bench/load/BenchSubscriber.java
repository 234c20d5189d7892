package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.EventScan;
import dev.ringdraft.bench.check.SequenceCheck;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection that watches a draft, whatever its transport. A state machine over bytes: it knows
 * the protocol and no channel. Confined to the thread of the {@link SubscriberLoop}.
 */
abstract sealed class BenchSubscriber permits SocketSubscriber, StreamSubscriber, PollSubscriber {
  /** Receives what a subscriber finds in its bytes. */
  interface Listener {
    /** The server accepted the subscription; events follow. */
    void opened(BenchSubscriber subscriber);

    /** The server refused the subscription. */
    void refused(BenchSubscriber subscriber, int status, String problem);

    /** An event came; its due time is 0 if it carries no stamp. */
    void event(BenchSubscriber subscriber, long revision, long due);

    /** The server announced the end of the connection; 0 = without a code. */
    void closing(BenchSubscriber subscriber, int code);

    /** These bytes are to be sent. */
    void send(BenchSubscriber subscriber, byte[] bytes);

    /** {@link #resume} is to be sent after a pause. */
    void pause(BenchSubscriber subscriber);
  }

  static final byte[] NOTHING = {};

  final ViewerSpec spec;
  final SequenceCheck sequence;
  @Nullable SocketChannel channel;
  @Nullable SelectionKey key;

  /** Bytes of an incomplete message. */
  byte[] carried = NOTHING;

  /** The time at which the connect began, by {@link System#nanoTime}. */
  long begun;

  boolean open;

  /** Whether it was open before, so that it resumes. */
  boolean visited;

  int closeCode;

  BenchSubscriber(ViewerSpec spec, SequenceCheck sequence) {
    this.spec = spec;
    this.sequence = sequence;
  }

  static BenchSubscriber of(
      Transport transport, ViewerSpec spec, SequenceCheck.Faults faults, Target target) {
    SequenceCheck sequence = new SequenceCheck(spec.head(), faults);
    return switch (transport) {
      case WS -> new SocketSubscriber(spec, sequence, target);
      case SSE -> new StreamSubscriber(spec, sequence, target);
      case POLL -> new PollSubscriber(spec, sequence, target);
    };
  }

  /** The first bytes on a new connection. */
  abstract byte[] opening();

  /** The bytes to send after a pause. */
  byte[] resume() {
    return NOTHING;
  }

  /** Consumes received bytes and returns the offset up to which it did; the rest comes again. */
  abstract int read(byte[] bytes, int from, int to, EventScan scan, Listener listener);

  /** Whether it has every event up to this revision, or needs none: it stalls or is gone. */
  boolean isAt(long head) {
    return spec.stalls() || channel == null || (open && sequence.last() >= head);
  }
}
