package dev.ringdraft.app.story;

/** A way by which events come. */
enum Transport {
  /** A WebSocket that resumes by revision and epoch. */
  SOCKET,
  /** Server-sent events that go on from {@code Last-Event-ID}. */
  STREAM,
  /** Requests that wait for the next events. */
  POLL,
  /** The draft's ETag, asked for again and again, and a page of events when it is another. */
  TAG;

  /** The events by this transport after the last one that the follower has. */
  EventFeed open(Follower follower) {
    return switch (this) {
      case SOCKET -> new SocketFeed(follower);
      case STREAM -> new StreamFeed(follower);
      case POLL -> new PollFeed(follower);
      case TAG -> new TagFeed(follower);
    };
  }
}
