package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.access.ProblemCode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server said. */
public final class Answer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpResponse<String> response;

  Answer(HttpResponse<String> response) {
    this.response = response;
  }

  int status() {
    return response.statusCode();
  }

  public String body() {
    return response.body();
  }

  /** A header field's only value. */
  public @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /** All header fields, by their names in lower case. */
  Map<String, List<String>> headers() {
    return response.headers().map();
  }

  /** The text at a JSON pointer, which must be there. */
  public String at(String pointer) {
    JsonNode found = json().at(pointer);
    assertTrue(found.isValueNode(), () -> pointer + " in " + body());
    return found.asText();
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(response.body(), noJson);
    }
  }

  public Answer mustBe(int status) {
    assertEquals(status, status(), this::body);
    return this;
  }

  /** It is a problem of this kind. */
  public Answer mustBe(ProblemCode kind) {
    mustBe(kind.status());
    assertEquals("application/problem+json", header("Content-Type"));
    assertEquals(kind.code(), at("/code"));
    assertEquals(kind.type(), at("/type"));
    assertEquals(kind.title(), at("/title"));
    assertEquals(kind.status(), json().at("/status").intValue());
    assertEquals(header("X-Request-Id"), at("/request_id"));
    return this;
  }

  /** It is a validation error of one field, said like this. */
  public Answer mustRefuse(String field, String detail) {
    mustBe(ProblemCode.VALIDATION_ERROR);
    assertEquals(1, json().at("/errors").size(), this::body);
    assertEquals(field, at("/errors/0/field"));
    assertEquals(detail, at("/errors/0/detail"));
    assertEquals(field + ": " + detail, at("/detail"));
    return this;
  }

  /** Its body is this JSON, member by member in this order, white space apart. */
  Answer mustRead(String golden) {
    try {
      assertEquals(
          MAPPER.readTree(golden).toPrettyString(), MAPPER.readTree(body()).toPrettyString());
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(body(), noJson);
    }
    return this;
  }

  void keepsThePromisesOfAll() {
    assertNotNull(header("X-Request-Id"), "X-Request-Id");
    assertEquals("nosniff", header("X-Content-Type-Options"));
    assertNotNull(header("Cache-Control"), "Cache-Control");
    assertEquals(
        List.of("Authorization, X-User-Id, Accept-Encoding"), response.headers().allValues("Vary"));
    if (status() >= 400) {
      assertEquals("application/problem+json", header("Content-Type"), this::body);
    } else if (!body().isEmpty() && header("Content-Disposition") == null) {
      assertEquals("application/json", header("Content-Type"), this::body);
    }
  }
}
