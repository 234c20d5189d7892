package dev.ringdraft.rest.filter;

import java.io.IOException;

/**
 * A request's body that the client sends once the server has asked for it ({@code Expect:
 * 100-continue}, RFC 9110, section 10.1.1). A listener that does not ask by itself keeps one as the
 * request's attribute {@link #ATTRIBUTE}. The first read of the body then asks, so a problem that
 * the head alone shows is answered instead.
 */
@FunctionalInterface
public interface ExpectedBody {
  /** The name of the attribute of Grizzly's request. */
  String ATTRIBUTE = ExpectedBody.class.getName();

  /**
   * Asks for the body and waits for it. Called once.
   *
   * @return false when it did not come in time
   */
  boolean await() throws IOException;
}
