package dev.ringdraft.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request's body that ends in a problem when it grows too large or takes too long. The time runs
 * from the making of the stream and is looked at after each read, so a body that trickles byte by
 * byte ends too; one that stalls wholly is for the transport's read timeout.
 */
final class BoundedBody extends FilterInputStream {
  private final int maxBytes;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final long started;
  private long bytes;

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  BoundedBody(InputStream body, int maxBytes, Duration deadline, LongSupplier nanoTime) {
    super(body);
    this.maxBytes = maxBytes;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        Problem.of(
                ProblemKind.CONTENT_TOO_LARGE,
                "the body has more than %d bytes (expected: 0..%d)".formatted(maxBytes, maxBytes))
            .with("limit", maxBytes));
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (nanoTime.getAsLong() - started > deadline.toNanos()) {
      throw new ProblemException(
          Problem.of(
                  ProblemKind.REQUEST_TIMEOUT,
                  "the body took more than %d ms".formatted(deadline.toMillis()))
              .with("limit_ms", deadline.toMillis()));
    }
  }
}
