package dev.ringdraft.bench.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;

/**
 * Incremental reader of an HTTP/1.1 response (RFC 9112): with a length, in chunks, or without a
 * body after 1xx, 204 and 304. Not thread-safe.
 *
 * <p>It stands in for {@code java.net.http}, whose client would falsify the figures. That client
 * runs an executor and a flow of buffers for each connection beside the server on the same cores,
 * it has no upgrade that hands its bytes over, and a client has one local address, where the bench
 * binds connections to 32 of them. Here one selector thread reads all connections in place.
 */
public final class HttpResponseReader {
  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    COMPLETE
  }

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private State state = State.HEAD;
  private byte[] line = new byte[512];
  private int lineLength;
  private byte[] body = new byte[512];
  private int bodyLength;
  private int status;
  private long left;

  /** Starts over for the next response. */
  public void restart() {
    state = State.HEAD;
    lineLength = 0;
    bodyLength = 0;
    status = 0;
  }

  /** Consumes the bytes of this response, and returns the offset after them. */
  public int read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != State.COMPLETE) {
      at =
          switch (state) {
            case HEAD -> readHead(bytes, at);
            case LENGTH -> readBody(bytes, at, to, State.COMPLETE);
            case CHUNK -> readBody(bytes, at, to, State.CHUNK_END);
            case CHUNK_SIZE, CHUNK_END, TRAILER -> readLine(bytes, at);
            case COMPLETE -> at;
          };
    }
    return at;
  }

  /** Whether the status is known. */
  public boolean hasHead() {
    return state != State.HEAD;
  }

  public boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** 0 until there is a head. */
  public int status() {
    return status;
  }

  /** The body so far, without chunk framing; its first {@link #bodyLength} bytes are valid. */
  public byte[] body() {
    return body;
  }

  public int bodyLength() {
    return bodyLength;
  }

  /** Drops the first bytes of the body, which the caller has processed. */
  public void dropBody(int length) {
    System.arraycopy(body, length, body, 0, bodyLength - length);
    bodyLength -= length;
  }

  public String text() {
    return new String(body, 0, bodyLength, UTF_8);
  }

  private int readHead(byte[] bytes, int at) {
    append(bytes[at]);
    if (lineLength >= HEAD_END.length
        && bytes[at] == '\n'
        && Arrays.equals(line, lineLength - HEAD_END.length, lineLength, HEAD_END, 0, 4)) {
      headIsThere(new String(line, 0, lineLength, ISO_8859_1));
      lineLength = 0;
    }
    return at + 1;
  }

  private void headIsThere(String head) {
    if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
      throw new BenchException("the server does not speak HTTP/1.1");
    }
    status = Integer.parseInt(head.substring(9, 12));
    String fields = head.toLowerCase(Locale.ROOT);
    int length = fields.indexOf("\r\ncontent-length:");
    if (status < 200 || status == 204 || status == 304) {
      state = State.COMPLETE;
    } else if (fields.contains("\r\ntransfer-encoding: chunked")) {
      state = State.CHUNK_SIZE;
    } else if (length >= 0) {
      int begin = length + "\r\ncontent-length:".length();
      left = Long.parseLong(fields.substring(begin, fields.indexOf('\r', begin)).strip());
      state = left == 0 ? State.COMPLETE : State.LENGTH;
    } else {
      // Up to the end of the connection.
      left = Long.MAX_VALUE;
      state = State.LENGTH;
    }
  }

  private int readBody(byte[] bytes, int at, int to, State next) {
    int length = (int) Math.min(left, to - at);
    if (bodyLength + length > body.length) {
      body = Arrays.copyOf(body, Math.max(bodyLength + length, body.length * 2));
    }
    System.arraycopy(bytes, at, body, bodyLength, length);
    bodyLength += length;
    left -= length;
    if (left == 0) {
      state = next;
    }
    return at + length;
  }

  private int readLine(byte[] bytes, int at) {
    if (bytes[at] != '\n') {
      append(bytes[at]);
      return at + 1;
    }
    String text = new String(line, 0, lineLength, ISO_8859_1).strip();
    lineLength = 0;
    switch (state) {
      case CHUNK_SIZE -> {
        left = Long.parseLong(text.split(";", 2)[0].strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK;
      }
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILER -> state = text.isEmpty() ? State.COMPLETE : State.TRAILER;
      case HEAD, LENGTH, CHUNK, COMPLETE -> throw new IllegalStateException(state.name());
    }
    return at + 1;
  }

  private void append(byte next) {
    if (lineLength == line.length) {
      line = Arrays.copyOf(line, line.length * 2);
    }
    line[lineLength++] = next;
  }
}
