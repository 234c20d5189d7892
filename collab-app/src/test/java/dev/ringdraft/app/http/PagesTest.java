package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.http.site.Page;
import dev.ringdraft.app.http.site.Pages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final String SCRIPT = "console.log('ring');\n".repeat(100);

  private final Listener listener =
      Listener.builder("127.0.0.1", 0)
          .handlers(
              List.of(
                  new Pages(
                      Map.of(
                          "/index.html", page("/index.html", "<!doctype html>"),
                          "/favicon.svg", page("/favicon.svg", "<svg/>"),
                          "/assets/app-1a2b.js", page("/assets/app-1a2b.js", SCRIPT),
                          "/assets/app-1a2b.css", page("/assets/app-1a2b.css", "a{}")))))
          .start("http.port");
  private final HttpClient client = HttpClient.newHttpClient();

  private static Page page(String name, String content) {
    return Page.of(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(listener.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return String.join(" | ", response.headers().allValues(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/drafts",
        "/drafts/",
        "/drafts/0199-ab_C",
        "/drafts/0199/",
        "/index.html",
        "/?a=b"
      })
  void the_page_is_shown_at_its_root_and_for_every_draft(String path) throws Exception {
    HttpResponse<byte[]> response = send("GET", path);

    assertEquals(200, response.statusCode());
    assertEquals("<!doctype html>", new String(response.body(), StandardCharsets.UTF_8));
    assertEquals("text/html;charset=utf-8", header(response, "Content-Type"));
    assertEquals("no-cache", header(response, "Cache-Control"));
  }

  @Test
  void an_offer_of_h2c_changes_nothing() {
    String offer =
        """
        GET %s HTTP/1.1\r
        Host: a\r
        Connection: Upgrade, HTTP2-Settings\r
        Upgrade: h2c\r
        HTTP2-Settings: AAEAAEAA\r
        \r
        """;
    String answers =
        RawHttp.exchange(
            listener.url(),
            offer.formatted("/nothing")
                + offer.formatted("/")
                + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    List<String> types = answers.lines().filter(line -> line.startsWith("Content-Type: ")).toList();
    assertEquals(
        List.of(
            "Content-Type: application/problem+json",
            "Content-Type: text/html;charset=utf-8",
            "Content-Type: text/html;charset=utf-8"),
        types,
        answers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/drafts/a/b",
        "/assets/",
        "/assets/none.js",
        "/assets",
        "/index.htm",
        "/drafts/%20",
        "//index.html",
        "/web/index.html",
        "/logback.xml",
        "/assets%2fapp-1a2b.js"
      })
  void what_is_no_page_is_not_found(String path) throws Exception {
    HttpResponse<byte[]> response = send("GET", path);

    assertEquals(404, response.statusCode());
    assertEquals("application/problem+json", header(response, "Content-Type"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/app-1a2b.js, text/javascript;charset=utf-8",
    "/assets/app-1a2b.css, text/css;charset=utf-8",
  })
  void what_has_its_hash_in_its_name_is_kept_for_a_year(String path, String type) throws Exception {
    HttpResponse<byte[]> response = send("GET", path);

    assertEquals(type, header(response, "Content-Type"));
    assertEquals("public, max-age=31536000, immutable", header(response, "Cache-Control"));
  }

  @Test
  void every_page_says_what_a_browser_may_do_with_it() throws Exception {
    HttpResponse<byte[]> response = send("GET", "/favicon.svg");

    assertEquals("image/svg+xml", header(response, "Content-Type"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(response, "Referrer-Policy"));
    String policy = header(response, "Content-Security-Policy");
    for (String rule :
        List.of(
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'")) {
      assertTrue(policy.contains(rule), policy);
    }
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(header(response, "X-Request-Id").isEmpty());
  }

  @Test
  void a_page_that_the_browser_has_is_not_sent_again() throws Exception {
    String tag = header(send("GET", "/"), "ETag");

    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      HttpResponse<byte[]> response = send("GET", "/", "If-None-Match", known);
      assertEquals(304, response.statusCode(), known);
      assertEquals(0, response.body().length);
      assertEquals(tag, header(response, "ETag"));
    }
    assertEquals(200, send("GET", "/", "If-None-Match", "\"x\"").statusCode());
  }

  @Test
  void a_head_is_a_get_without_its_body() throws Exception {
    HttpResponse<byte[]> head = send("HEAD", "/assets/app-1a2b.js");
    HttpResponse<byte[]> get = send("GET", "/assets/app-1a2b.js");

    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
    assertEquals(header(get, "ETag"), header(head, "ETag"));
    assertEquals(404, send("HEAD", "/nothing").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void pages_are_only_read(String method) throws Exception {
    HttpResponse<byte[]> response = send(method, "/");

    assertEquals(405, response.statusCode());
    assertEquals("GET, HEAD", header(response, "Allow"));
  }

  @Test
  void a_text_is_compressed_for_those_who_can_read_it() throws Exception {
    HttpResponse<byte[]> plain = send("GET", "/assets/app-1a2b.js");
    HttpResponse<byte[]> gzip =
        send("GET", "/assets/app-1a2b.js", "Accept-Encoding", "br, gzip;q=0.5");
    HttpResponse<byte[]> declined =
        send("GET", "/assets/app-1a2b.js", "Accept-Encoding", "gzip;q=0");

    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertEquals(SCRIPT, new String(plain.body(), StandardCharsets.UTF_8));
    assertEquals("gzip", header(gzip, "Content-Encoding"));
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertEquals(SCRIPT, new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals("", header(declined, "Content-Encoding"));
    assertEquals("", header(send("GET", "/favicon.svg"), "Vary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../logback.xml",
        "/assets/../../logback.xml",
        "/assets/..%2f..%2flogback.xml",
        "/assets/%2e%2e/%2e%2e/logback.xml",
        "/assets/..%5c..%5clogback.xml",
        "/assets/....//logback.xml",
        "/%2flogback.xml",
        "/assets/app-1a2b.js%00.html",
        "/file:/etc/passwd",
      })
  void no_path_leads_out_of_the_pages(String path) {
    String answer =
        RawHttp.exchange(
            listener.url(),
            "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".formatted(path));

    int status = RawHttp.status(answer);
    assertTrue(status == 400 || status == 404, answer);
    assertFalse(answer.contains("appender"), answer);
  }

  @Test
  void the_pages_of_the_program_can_be_read() throws IOException {
    Pages pages = Pages.ofClassPath();

    assertTrue(pages.answers("/"));
  }
}
