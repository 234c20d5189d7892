package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.rest.filter.AcceptEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies by gzip. */
class CompressionTest {
  private final SharedDraft cast = SharedDraft.on(RestServer.start());
  private final String draft = cast.draft();

  @AfterEach
  void stop() {
    cast.close();
  }

  private HttpResponse<byte[]> draft(String... headers) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/collab/drafts/%s".formatted(cast.server.port(), draft)))
            .header("Authorization", "Bearer token-of-ana")
            .headers(headers)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofByteArray());
    }
  }

  @Test
  void a_long_body_is_compressed_for_those_who_accept_it() throws Exception {
    cast.ana.appends("x".repeat(500), draft).mustBe(201);
    String plain = cast.ana.get("/drafts/" + draft).mustBe(200).body();
    HttpResponse<byte[]> answer = draft("Accept-Encoding", "br, gzip");
    assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElseThrow());
    assertTrue(answer.headers().firstValue("Vary").orElse("").endsWith("Accept-Encoding"));
    assertTrue(answer.body().length < plain.length());
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertEquals(plain, new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_compressed_draft_has_the_tag_that_it_has_anyway() throws Exception {
    cast.ana.appends("x".repeat(500), draft).mustBe(201);
    String tag = String.valueOf(cast.ana.get("/drafts/" + draft).header("ETag"));
    assertEquals(tag, draft("Accept-Encoding", "gzip").headers().firstValue("ETag").orElseThrow());
    assertEquals(304, draft("Accept-Encoding", "gzip", "If-None-Match", tag).statusCode());
    cast.ana.appends("two", draft, "If-Match", tag).mustBe(201);
  }

  @Test
  void a_short_body_is_left_as_it_is() {
    Answer session = cast.ana.get("/session", "Accept-Encoding", "gzip").mustBe(200);
    assertNull(session.header("Content-Encoding"));
    assertEquals("ana", session.at("/data/user_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZIP;q=0.5 | true",
        "br, x-gzip | true",
        "* | true",
        "br, *;q=0.1 | true",
        "gzip;q=0 | false",
        "gzip; q=0.000, * | false",
        "*;q=0 | false",
        "br | false",
        "identity | false",
      })
  void gzip_is_accepted_as_the_header_says(String header, boolean accepted) {
    assertEquals(accepted, AcceptEncoding.allowsGzip(header));
  }

  @Test
  void who_says_nothing_gets_it_plain() {
    assertEquals(false, AcceptEncoding.allowsGzip(null));
    assertNull(cast.ana.get("/drafts/" + draft).header("Content-Encoding"));
  }
}
