package dev.ringdraft.bench.load;

import java.util.Locale;

/** The transport by which subscribers receive events. */
enum Transport {
  /** WebSocket. */
  WS,
  /** Server-sent events. */
  SSE,
  /** Long polling. */
  POLL;

  /** The transport as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
