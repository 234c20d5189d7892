package dev.ringdraft.app.http.limits;

/** A request body that has not arrived whole. Each is equal to itself alone. */
public final class PendingBody {
  private final long bytes;
  private final Runnable onGivenUp;

  PendingBody(long bytes, Runnable onGivenUp) {
    this.bytes = bytes;
    this.onGivenUp = onGivenUp;
  }

  /** What the body and its request take in memory when it is whole. */
  long bytes() {
    return bytes;
  }

  /** Hands the request on without its body. */
  void giveUp() {
    onGivenUp.run();
  }
}
