package dev.ringdraft.app.http;

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
 *   <li>One way to tell the body's length: a single {@code Content-Length} or {@code chunked}.
 *   <li>The target is a path of URI characters, its escapes whole and of well-formed UTF-8, without
 *       {@code .} and {@code ..} as names of folders, however they are spelt.
 * </ul>
 */
final class RequestForm {
  static final Problem OTHER_PROTOCOL =
      Problem.of(ProblemCode.VALIDATION_ERROR, "the protocol is not HTTP/1.1 or HTTP/1.0")
          .withStatus(505);

  private static final String TOKEN_SIGNS = "!#$%&'*+.^_`|~-";
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=-]+)(:[0-9]{0,5})?");
  private static final String PATH_SIGNS = "._~!$&'()*+,;=:@/-";
  private static final String QUERY_SIGNS = PATH_SIGNS + "?[]";
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private RequestForm() {}

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
    return fault == null ? null : Problem.of(ProblemCode.VALIDATION_ERROR, fault);
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
    if (!isToken(request.getMethod().getMethodString())) {
      return "the method is not a token";
    }
    for (String name : request.getHeaders().names()) {
      if (!isToken(name)) {
        return "a header's name is not a token";
      }
    }
    List<String> hosts = values(request, "Host");
    boolean isOld = request.getProtocol() == Protocol.HTTP_1_0;
    if (hosts.size() != 1 && !(isOld && hosts.isEmpty())) {
      return "%d Host headers (expected: 1)".formatted(hosts.size());
    }
    if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
      return "the Host header is malformed";
    }
    for (String length : values(request, "Content-Length")) {
      if (!LENGTH.matcher(length).matches()) {
        return "the Content-Length is malformed";
      }
    }
    for (String encoding : values(request, "Transfer-Encoding")) {
      if (!encoding.equalsIgnoreCase("chunked")) {
        return "the Transfer-Encoding is not chunked";
      }
    }
    return null;
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
