package dev.ringdraft.app.story;

/** A way by which events come. */
enum Rung {
  /** A WebSocket that resumes by revision and epoch. */
  SOCKET,
  /** Server-sent events that go on from {@code Last-Event-ID}. */
  STREAM,
  /** Requests that wait for the next events. */
  POLL,
  /** The draft's ETag, asked for again and again, and a page of events when it is another. */
  TAG;

  /** What comes by it from behind what the viewer has. */
  Feed open(Viewer viewer) {
    return switch (this) {
      case SOCKET -> new SocketFeed(viewer);
      case STREAM -> new StreamFeed(viewer);
      case POLL -> new PollFeed(viewer);
      case TAG -> new TagFeed(viewer);
    };
  }
}
