package dev.ringdraft.access;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The id of a request, for the response and the logs: the caller's own {@code X-Request-Id} when
 * the request has exactly one of 1 to 128 visible ASCII characters, else a new one.
 */
public final class RequestId {
  /** The header field of the request and of the response. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private RequestId() {}

  /**
   * The id of one request.
   *
   * @param sent the values of its header field, in order
   * @param ids makes a new id
   */
  public static String of(List<String> sent, Supplier<String> ids) {
    boolean usable = sent.size() == 1 && VISIBLE.matcher(sent.getFirst()).matches();
    return usable ? sent.getFirst() : ids.get();
  }
}
