package dev.ringdraft.app.http.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;

/**
 * The client's wish to be asked before it sends a body ({@code Expect: 100-continue}, RFC 9110,
 * section 10.1.1). It counts with HTTP/1.1, when a body is announced and has not begun.
 *
 * <p>The answer 100 is sent when the body is first read, not by Grizzly before the handler runs. A
 * final answer without it ends the connection: nobody can know whether a body follows.
 */
final class Expectation {
  private static final String CONTINUE = "100-continue";
  private static final Attribute<Boolean> OPEN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(Expectation.class.getName() + ".open");
  private static final byte[] ANSWER =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Expectation() {}

  /** Whether a request expects what this server does not know. HTTP/1.0 expects nothing. */
  static boolean isUnknown(HttpRequestPacket request) {
    return request.getProtocol() == Protocol.HTTP_1_1
        && !members(request).stream().allMatch(CONTINUE::equalsIgnoreCase);
  }

  /**
   * Notes what a request expects, when its head has been parsed.
   *
   * @param begun whether some of the body has come
   */
  static void note(HttpRequestPacket request, boolean begun) {
    if (!begun
        && request.getProtocol() == Protocol.HTTP_1_1
        && (request.isChunked() || request.getContentLength() > 0)
        && members(request).stream().anyMatch(CONTINUE::equalsIgnoreCase)) {
      OPEN.set(request, true);
    }
  }

  /** Whether the client waits to be asked for the body. */
  static boolean isOpen(HttpRequestPacket request) {
    return OPEN.isSet(request);
  }

  /** Asks for the body. */
  static void fulfil(HttpRequestPacket request, FilterChainContext context) {
    if (OPEN.remove(request) != null) {
      context.write(Buffers.wrap(context.getMemoryManager(), ANSWER.clone()));
    }
  }

  /**
   * Makes a final answer the last one of the connection, if its request's body was not asked for.
   */
  static void close(HttpResponsePacket response) {
    HttpRequestPacket request = response.getRequest();
    if (isOpen(request)) {
      response.setHeader(Header.Connection, "close");
      request.setContentBroken(true);
    }
  }

  private static List<String> members(HttpRequestPacket request) {
    List<String> members = new ArrayList<>();
    for (String field : request.getHeaders().values(Header.Expect)) {
      Stream.of(field.split(",", -1))
          .map(String::strip)
          .filter(member -> !member.isEmpty())
          .forEach(members::add);
    }
    return members;
  }
}
