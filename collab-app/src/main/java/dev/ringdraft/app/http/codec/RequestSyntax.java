package dev.ringdraft.app.http.codec;

import dev.ringdraft.access.Problem;
import dev.ringdraft.access.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The form that a request's head must have: one that no proxy before us can read otherwise than we
 * do (RFC 9112, sections 2.2, 5 and 11.2).
 *
 * <ul>
 *   <li>Lines end with CR LF; there is no NUL and no other control character but a tab.
 *   <li>Header names are tokens, without white space before the colon.
 *   <li>HTTP/1.1 with exactly one well-formed {@code Host}, or HTTP/1.0.
 *   <li>One statement of the body's length: a single {@code Content-Length} or {@code chunked}.
 *   <li>The target is a path of URI characters, its escapes whole and of well-formed UTF-8, without
 *       {@code .} and {@code ..} as names of folders, however they are spelt.
 * </ul>
 */
public final class RequestSyntax {
  static final Problem OTHER_PROTOCOL =
      Problem.of(ProblemCode.VALIDATION_ERROR, "the protocol is not HTTP/1.1 or HTTP/1.0")
          .withStatus(505);

  private static final Problem OTHER_EXPECTATION =
      Problem.of(
              ProblemCode.VALIDATION_ERROR,
              "the expectation is not supported (expected: 100-continue)")
          .withStatus(417);

  private static final String TOKEN_SIGNS = "!#$%&'*+.^_`|~-";
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=-]+)(:[0-9]{0,5})?");
  private static final String PATH_SIGNS = "._~!$&'()*+,;=:@/-";
  private static final String QUERY_SIGNS = PATH_SIGNS + "?[]";
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private RequestSyntax() {}

  /** One rule of the syntax of headers: gives what is wrong, or null when nothing is. */
  private interface Check {
    @Nullable String fault(HttpRequestPacket request);
  }

  /**
   * Whether the bytes begin with a whole line that can't be a request line: it has no two spaces
   * (RFC 9112, section 3). Empty lines before it don't count (section 2.2). The parser would wait
   * for the rest of such a line, or take it for HTTP/0.9.
   */
  static boolean lacksRequestLine(Buffer input) {
    int spaces = 0;
    boolean isEmpty = true;
    for (int index = input.position(); index < input.limit(); index++) {
      byte current = input.get(index);
      if (current == '\n' && !isEmpty) {
        return spaces < 2;
      }
      isEmpty &= current == '\r' || current == '\n';
      spaces += current == ' ' ? 1 : 0;
    }
    return false;
  }

  /**
   * What is wrong with a request, if anything is.
   *
   * @param head holds the request line and the headers from {@code start} to {@code end}
   */
  static @Nullable Problem fault(HttpRequestPacket request, Buffer head, int start, int end) {
    String fault = faultOfBytes(head, start, end);
    if (fault == null && !isKnown(request)) {
      return OTHER_PROTOCOL;
    }
    if (fault == null) {
      fault = faultOfHeaders(request);
    }
    if (fault == null
        && countLengths(head.toStringContent(StandardCharsets.ISO_8859_1, start, end)) > 1) {
      fault = "the body's length is told more than once";
    }
    if (fault == null) {
      fault = faultOfTarget(request.getRequestURI(), request.getQueryString());
    }
    if (fault == null && Expectation.isUnknown(request)) {
      return OTHER_EXPECTATION;
    }
    return fault == null
        ? faultOfContentEncoding(request)
        : Problem.of(ProblemCode.VALIDATION_ERROR, fault);
  }

  /** No content coding is supported (RFC 9110, section 15.5.16). */
  private static @Nullable Problem faultOfContentEncoding(HttpRequestPacket request) {
    boolean isPlain =
        values(request, "Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
    return isPlain
        ? null
        : Problem.of(
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            "the Content-Encoding is not supported (expected: none)");
  }

  private static boolean isKnown(HttpRequestPacket request) {
    return request.getProtocol() == Protocol.HTTP_1_1 || request.getProtocol() == Protocol.HTTP_1_0;
  }

  private static @Nullable String faultOfBytes(Buffer head, int start, int end) {
    byte before = 0;
    for (int index = start; index < end; index++) {
      byte current = head.get(index);
      if ((before == '\r') != (current == '\n')) {
        return "a line of the head does not end with CR LF";
      }
      boolean isControl = (current >= 0 && current < ' ') || current == 0x7F;
      if (isControl && current != '\r' && current != '\n' && current != '\t') {
        return "the head holds a control character";
      }
      before = current;
    }
    return null;
  }

  private static @Nullable String faultOfHeaders(HttpRequestPacket request) {
    return first(
        request,
        List.of(
            RequestSyntax::faultOfMethod,
            RequestSyntax::faultOfNames,
            RequestSyntax::faultOfHost,
            RequestSyntax::faultOfLength,
            RequestSyntax::faultOfTransferEncoding));
  }

  private static @Nullable String first(HttpRequestPacket request, List<Check> checks) {
    for (Check check : checks) {
      String fault = check.fault(request);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String faultOfMethod(HttpRequestPacket request) {
    return isToken(request.getMethod().getMethodString()) ? null : "the method is not a token";
  }

  private static @Nullable String faultOfNames(HttpRequestPacket request) {
    for (String name : request.getHeaders().names()) {
      if (!isToken(name)) {
        return "a header's name is not a token";
      }
    }
    return null;
  }

  private static @Nullable String faultOfHost(HttpRequestPacket request) {
    List<String> hosts = values(request, "Host");
    boolean isOld = request.getProtocol() == Protocol.HTTP_1_0;
    if (hosts.size() != 1 && !(isOld && hosts.isEmpty())) {
      return "%d Host headers (expected: 1)".formatted(hosts.size());
    }
    return hosts.isEmpty() || HOST.matcher(hosts.getFirst()).matches()
        ? null
        : "the Host header is malformed";
  }

  private static @Nullable String faultOfLength(HttpRequestPacket request) {
    return values(request, "Content-Length").stream().allMatch(LENGTH.asMatchPredicate())
        ? null
        : "the Content-Length is malformed";
  }

  private static @Nullable String faultOfTransferEncoding(HttpRequestPacket request) {
    return values(request, "Transfer-Encoding").stream().allMatch("chunked"::equalsIgnoreCase)
        ? null
        : "the Transfer-Encoding is not chunked";
  }

  /** As they came: the parser forgets a length when there is an encoding as well. */
  private static int countLengths(String head) {
    int count = 0;
    for (int line = head.indexOf('\n') + 1; line > 0; line = head.indexOf('\n', line) + 1) {
      if (startsWith(head, line, "Content-Length:")
          || startsWith(head, line, "Transfer-Encoding:")) {
        count++;
      }
    }
    return count;
  }

  private static boolean startsWith(String head, int line, String name) {
    return head.regionMatches(true, line, name, 0, name.length());
  }

  private static List<String> values(HttpRequestPacket request, String name) {
    List<String> values = new ArrayList<>();
    request.getHeaders().values(name).forEach(values::add);
    return values;
  }

  /** What is wrong with a target, of whatever length. */
  static @Nullable String faultOfTarget(@Nullable String path, @Nullable String query) {
    if (path == null || !path.startsWith("/") || !consistsOf(path, PATH_SIGNS)) {
      return "the target is not a well-formed path";
    }
    if (query != null && !consistsOf(query, QUERY_SIGNS)) {
      return "the query is malformed";
    }
    String decoded = decoded(path);
    if (decoded == null || (query != null && decoded(query) == null)) {
      return "the target's escapes are not well-formed UTF-8 without NUL";
    }
    for (String name : decoded.replace('\\', '/').split("/", -1)) {
      if (name.equals(".") || name.equals("..")) {
        return "the target leaves its folder";
      }
    }
    return null;
  }

  private static boolean isToken(String text) {
    for (int index = 0; index < text.length(); index++) {
      char each = text.charAt(index);
      if (!isAsciiLetterOrDigit(each) && TOKEN_SIGNS.indexOf(each) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether a text is made of letters, digits, these signs and whole escapes. */
  private static boolean consistsOf(String text, String signs) {
    int index = 0;
    while (index < text.length()) {
      char each = text.charAt(index);
      if (each == '%') {
        if (!isHex(text, index + 1) || !isHex(text, index + 2)) {
          return false;
        }
        index += 2;
      } else if (!isAsciiLetterOrDigit(each) && signs.indexOf(each) < 0) {
        return false;
      }
      index++;
    }
    return true;
  }

  private static boolean isHex(String text, int index) {
    return index < text.length() && HexFormat.isHexDigit(text.charAt(index));
  }

  private static boolean isAsciiLetterOrDigit(char each) {
    return (each >= 'A' && each <= 'Z')
        || (each >= 'a' && each <= 'z')
        || (each >= '0' && each <= '9');
  }

  private static @Nullable String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int index = 0; index < text.length(); index++) {
      char each = text.charAt(index);
      if (each == '%') {
        bytes.put((byte) Integer.parseInt(text, index + 1, index + 3, 16));
        index += 2;
      } else {
        bytes.put((byte) each);
      }
    }
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      return decoded.indexOf('\0') < 0 ? decoded : null;
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }
}
