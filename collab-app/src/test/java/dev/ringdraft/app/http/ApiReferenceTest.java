package dev.ringdraft.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.app.docs.Document;
import dev.ringdraft.app.http.site.ApiReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiReferenceTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

  private final Listener listener =
      Listener.builder("127.0.0.1", 0).handlers(List.of(new ApiReference())).start("http.port");
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(listener.url() + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(found -> pattern.matcher(found).replaceAll("$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void the_descriptions_are_those_of_the_docs(String name) throws Exception {
    HttpResponse<String> answer = get("/" + name);

    assertEquals(200, answer.statusCode());
    assertEquals("application/yaml", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals(Files.readString(Document.at("docs/" + name).path()), answer.body());
  }

  @Test
  void the_page_shows_each_operation_frame_and_schema() throws Exception {
    String openApi = get("/openapi.yaml").body();
    String asyncApi = get("/asyncapi.yaml").body();
    HttpResponse<String> page = get("/api.html");

    assertEquals("text/html;charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
    Set<String> ids = all(ID, page.body());
    Set<String> operations = all(Pattern.compile("operationId: (\\w+)"), openApi);
    assertTrue(operations.size() > 10, operations::toString);
    assertTrue(ids.containsAll(operations), () -> operations + " in " + ids);
    assertTrue(ids.contains("schema-Segment"), ids::toString);
    Set<String> frames =
        all(Pattern.compile("- \\{\\$ref: '#/channels/draft/messages/([a-z_.]+)'}"), asyncApi);
    assertTrue(frames.size() > 15, frames::toString);
    for (String frame : frames) {
      assertTrue(page.body().contains("<h4><code>" + frame + "</code>"), frame);
    }
    assertTrue(page.body().contains("The lamps came on one by one."), page.body());
  }

  @Test
  void the_page_needs_nothing_that_its_policy_forbids() throws Exception {
    HttpResponse<String> page = get("/api.html");
    String body = page.body();

    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'self';"), policy);
    assertFalse(body.contains("<script"), body);
    assertFalse(body.contains("<style"), body);
    assertFalse(body.contains(" style="), body);
    Set<String> ids = all(ID, body);
    for (String link : all(LINK, body)) {
      if (link.startsWith("#")) {
        assertTrue(ids.contains(link.substring(1)), link);
      } else {
        assertEquals(200, get(link).statusCode(), link);
      }
    }
  }
}
