package dev.ringdraft.app.bench;

import java.util.Locale;

/** The way by which viewers get their events. */
public enum Transport {
  /** WebSocket. */
  WS,
  /** Server-sent events. */
  SSE,
  /** Long polls. */
  POLL;

  /** As it is written on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
