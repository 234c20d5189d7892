package dev.ringdraft.rest.filter;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.rest.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Asks for an {@link ExpectedBody} before the first read. For one thread. */
final class AskedForBody extends FilterInputStream {
  private final ExpectedBody expected;
  private final Runnable arrived;
  private boolean asked;

  /**
   * @param arrived runs once the body has come
   */
  AskedForBody(InputStream body, ExpectedBody expected, Runnable arrived) {
    super(body);
    this.expected = expected;
    this.arrived = arrived;
  }

  @Override
  public int read() throws IOException {
    ask();
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    ask();
    return super.read(buffer, offset, length);
  }

  private void ask() throws IOException {
    if (asked) {
      return;
    }
    asked = true;
    if (!expected.await()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.REQUEST_TIMEOUT, "the body took too long to arrive, or broke off"));
    }
    arrived.run();
  }
}
