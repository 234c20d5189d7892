package dev.ringdraft.bench.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseReaderTest {
  private final HttpResponseReader answer = new HttpResponseReader();

  private int receive(String text, int piece) {
    byte[] bytes = text.getBytes(UTF_8);
    int at = 0;
    while (at < bytes.length && !answer.isComplete()) {
      at = answer.read(bytes, at, Math.min(bytes.length, at + piece));
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void a_body_of_a_given_length_ends_there(int piece) {
    String first = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";

    assertEquals(first.length(), receive(first + "HTTP/1.1", piece));
    assertEquals(201, answer.status());
    assertEquals("hello", answer.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void chunks_are_put_together(int piece) {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

    assertEquals(chunked.length(), receive(chunked, piece));
    assertTrue(answer.isComplete());
    assertEquals("hello", answer.text());
  }

  @Test
  void an_answer_without_a_body_is_complete_with_its_head() {
    int unused = receive("HTTP/1.1 304 Not Modified\r\nA: b\r\n\r\n", 100);

    assertTrue(answer.isComplete());
  }

  @Test
  void something_else_is_refused() {
    assertThrows(BenchException.class, () -> receive("SSH-2.0-OpenSSH\r\n\r\n", 100));
  }
}
