package dev.ringdraft.app.bench;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One viewer of a draft, whatever its transport. For the thread of the viewers. */
abstract sealed class Viewer permits SocketViewer, StreamViewer, PollViewer {
  /** What a viewer tells of itself. */
  interface Watch {
    /** It is in, and gets what happens from now on. */
    void opened(Viewer viewer);

    /** It was not let in. */
    void refused(Viewer viewer, int status, String problem);

    /** An event is there; its due time is 0 when it carries no stamp. */
    void event(Viewer viewer, long revision, long due);

    /** The server said that it will end the connection; 0 = without a code. */
    void closing(Viewer viewer, int code);

    /** It wants this to be sent. */
    void send(Viewer viewer, byte[] bytes);

    /** It wants {@link #resume} to be sent after a pause. */
    void pause(Viewer viewer);
  }

  final Seat seat;
  final Run run;
  @Nullable SocketChannel channel;
  @Nullable SelectionKey key;
  byte[] carried = NOTHING;
  long begun;
  boolean open;
  boolean visited;
  int closeCode;

  static final byte[] NOTHING = {};

  Viewer(Seat seat, Run run) {
    this.seat = seat;
    this.run = run;
  }

  static Viewer of(Transport transport, Seat seat, Run.Faults faults, Target target) {
    Run run = new Run(seat.head(), faults);
    return switch (transport) {
      case WS -> new SocketViewer(seat, run, target);
      case SSE -> new StreamViewer(seat, run, target);
      case POLL -> new PollViewer(seat, run, target);
    };
  }

  /** The first bytes on a new connection. */
  abstract byte[] opening();

  /** What is sent after a pause. */
  byte[] resume() {
    return NOTHING;
  }

  /** Reads what came, and gives the place up to which that was done; the rest is kept. */
  abstract int read(byte[] bytes, int from, int to, EventScan scan, Watch watch);
}
