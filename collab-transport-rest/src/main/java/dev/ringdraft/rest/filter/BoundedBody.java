package dev.ringdraft.rest.filter;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.config.BodySettings;
import dev.ringdraft.rest.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * A request's body that ends where it was announced to end, whatever the transport believes, and in
 * a problem when it grows too large or takes too long. (A transport that is asked for an upgrade
 * may believe that the body never ends.) The time runs from the making of the stream and is looked
 * at after each read, so a body that trickles byte by byte ends too; one that stalls wholly is for
 * the transport's read timeout.
 */
final class BoundedBody extends FilterInputStream {
  private final int announced;
  private final BodySettings settings;
  private final LongSupplier nanoTime;
  private final long started;
  private long bytes;

  /**
   * @param announced the length that the request announced, in bytes; -1 when it didn't
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  BoundedBody(InputStream body, int announced, BodySettings settings, LongSupplier nanoTime) {
    super(body);
    this.announced = announced;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        Problem.of(
                ProblemCode.CONTENT_TOO_LARGE,
                "the body has more than %d bytes (expected: 0..%d)".formatted(maxBytes, maxBytes))
            .with("limit", maxBytes));
  }

  @Override
  public int read() throws IOException {
    if (bytes == announced) {
      return -1;
    }
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (bytes == announced) {
      return -1;
    }
    int most = announced < 0 ? length : (int) Math.min(length, announced - bytes);
    int count = super.read(buffer, offset, most);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int more) {
    bytes += more;
    if (bytes > settings.maxBytes()) {
      throw tooLarge(settings.maxBytes());
    }
    long deadline = settings.deadline().toMillis();
    if (nanoTime.getAsLong() - started > settings.deadline().toNanos()) {
      throw new ProblemException(
          Problem.of(
                  ProblemCode.REQUEST_TIMEOUT, "the body took more than %d ms".formatted(deadline))
              .with("limit_ms", deadline));
    }
  }
}
