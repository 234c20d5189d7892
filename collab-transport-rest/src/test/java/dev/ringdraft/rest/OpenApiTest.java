package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.access.ProblemCode;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.rest.DegradableStore.Fault;
import dev.ringdraft.rest.config.RateSettings;
import dev.ringdraft.rest.config.RestPaths;
import dev.ringdraft.rest.config.RestSettings;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/openapi.yaml} says what the resources do: all of it, and nothing else. That a
 * resource gives no status which the document lacks is looked at with every request of every test,
 * in {@link RestClient}.
 */
class OpenApiTest {
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /drafts", "{\"title\":\"Dusk\"}",
          "PATCH /drafts/{draft_id}", "{\"title\":\"Dawn\"}",
          "POST /drafts/{draft_id}/segments", "{\"content\":\"one\"}",
          "POST /drafts/{draft_id}/pass-ring", "{\"to_user_id\":\"ben\"}",
          "POST /drafts/{draft_id}/revoke-ring", "{\"to_user_id\":\"ben\"}",
          "POST /drafts/{draft_id}/ring-requests", "{}",
          "PATCH /drafts/{draft_id}/collaborators/{user_id}", "{\"away\":true}",
          "POST /drafts/{draft_id}/collaborators", "{\"user_id\":\"dora\"}");

  private static final RestSettings ONE_A_SECOND =
      RestServer.settings(DraftLimits.defaults()).toBuilder().rates(new RateSettings(1, 1)).build();

  private final SharedDraft cast = SharedDraft.on(RestServer.start());

  @AfterEach
  void stop() {
    cast.close();
  }

  @Test
  void the_documented_operations_are_those_of_the_resources() {
    assertEquals(operationsOfResources(), OpenApi.document().operations());
  }

  private static Set<String> operationsOfResources() {
    Set<String> operations = new TreeSet<>();
    for (Class<?> resource : RestApplication.RESOURCES) {
      String root = resource.getAnnotation(Path.class).value();
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            Path below = method.getAnnotation(Path.class);
            String path = below == null ? root : root + "/" + below.value();
            assertTrue(path.startsWith(RestPaths.BASE), path);
            operations.add(verb.value() + " " + path.substring(RestPaths.BASE.length()));
          }
        }
      }
    }
    return operations;
  }

  static Set<String> operations() {
    return OpenApi.document().operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_documented_status_is_given(String operation) {
    for (int status : OpenApi.document().statuses(operation)) {
      cast.server.store().failWith(Fault.NONE);
      assertEquals(status, produced(operation, status), operation);
    }
  }

  /** Each attempt is held against the document by {@link RestClient}, whatever it leads to. */
  @ParameterizedTest
  @MethodSource("operations")
  void every_status_that_is_given_is_documented(String operation) {
    for (int status :
        List.of(200, 201, 304, 400, 401, 403, 404, 406, 409, 412, 415, 422, 500, 503)) {
      cast.server.store().failWith(Fault.NONE);
      assertTrue(produced(operation, status) >= 200, operation);
    }
  }

  /** What the server says when it is tried to make it give a status. */
  private int produced(String operation, int status) {
    String draft = cast.draft();
    if (operation.startsWith("DELETE") && operation.contains("ring-requests")) {
      cast.cleo.post("/drafts/" + draft + "/ring-requests", "{}").mustBe(201);
    }
    // ANA holds the ring, so she can't ask for it.
    boolean asksForTheRing = operation.equals("POST /drafts/{draft_id}/ring-requests");
    RestClient who = asksForTheRing ? cast.ben : cast.ana;
    String method = operation.split(" ", 2)[0];
    String path =
        operation
            .split(" ", 2)[1]
            .replace("{draft_id}", status == 404 ? "no-such" : draft)
            .replace("{user_id}", "cleo");
    String body = BODIES.getOrDefault(operation, "");
    return switch (status) {
      case 200 -> ask(cast.ana, method, path, body, "Prefer", "return=representation");
      case 201, 204, 404 -> ask(who, method, path, body);
      case 304 -> ask(cast.ana, method, path, body, "If-None-Match", "*");
      case 400 ->
          method.equals("DELETE")
              ? ask(cast.ana, method, path, body, "Idempotency-Key", "x".repeat(129))
              : ask(
                  cast.ana,
                  method,
                  path + "?limit=x&last_segments=x&format=x",
                  body.replace('}', ' '));
      case 401 -> ask(cast.server.asNobody(), method, path, body);
      case 403 -> ask(cast.ben, method, path, body);
      case 406 -> ask(cast.ana, method, path, body, "Accept", "text/html");
      case 408 ->
          Integer.parseInt(
              Trickle.statusLineOf(method, "/v1/collab" + path, cast.server.port())
                  .substring(9, 12));
      case 409 -> ask(Fault.CONTENDED, method, path, body);
      case 412 -> ask(cast.ana, method, path, body, "If-Match", "\"x\"");
      case 413 -> ask(cast.ana, method, path, body + " ".repeat(64 * 1024));
      case 415 ->
          cast.ana
              .send(method, path, BodyPublishers.ofString(body), "Content-Type", "text/plain")
              .status();
      case 422 -> {
        String own = "/drafts/" + draft + "/collaborators/" + (asksForTheRing ? "ben" : "ana");
        who.patch(own, "{\"away\":false}", "Idempotency-Key", "k");
        cast.ana.post("/drafts", "{\"title\":\"Noon\"}", "Idempotency-Key", "k");
        yield ask(who, method, path, body, "Idempotency-Key", "k");
      }
      case 429 -> {
        try (SharedDraft hurried = SharedDraft.on(RestServer.start(ONE_A_SECOND))) {
          int given = ask(hurried.ana, method, path, body);
          for (int i = 0; i < 20 && given != 429; i++) {
            given = ask(hurried.ana, method, path, body);
          }
          yield given;
        }
      }
      case 500 -> ask(Fault.BROKEN, method, path, body);
      case 503 ->
          operation.equals("GET /session")
              ? ask(
                  cast.server.asNobody(),
                  method,
                  path,
                  body,
                  "Authorization",
                  "Bearer before-any-key")
              : ask(Fault.UNREACHABLE, method, path, body);
      default -> throw new AssertionError("nothing gives " + status);
    };
  }

  private int ask(Fault fault, String method, String path, String body) {
    cast.server.store().failWith(fault);
    return ask(cast.ana, method, path, body);
  }

  private static int ask(
      RestClient client, String method, String path, String body, String... headers) {
    if (body.isEmpty()) {
      return client.send(method, path, BodyPublishers.noBody(), headers).status();
    }
    return method.equals("PATCH")
        ? client.patch(path, body, headers).status()
        : client.post(path, body, headers).status();
  }

  @Test
  void the_documented_codes_are_those_of_the_problems() {
    Set<String> documented = new TreeSet<>();
    JsonNode codes =
        OpenApi.document().root().at("/components/schemas/Problem/properties/code/enum");
    codes.forEach(code -> documented.add(code.asText()));
    assertEquals(
        Arrays.stream(ProblemCode.values())
            .map(ProblemCode::code)
            .collect(Collectors.toCollection(TreeSet::new)),
        documented);
  }

  @Test
  void every_reference_of_the_document_leads_somewhere() {
    for (JsonNode reference : OpenApi.document().root().findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertTrue(OpenApi.document().root().at(pointer).isObject(), pointer);
    }
  }

  @Test
  void the_documented_draft_has_the_members_of_a_real_one() {
    JsonNode documented = OpenApi.document().root().at("/components/examples/Draft/value/data");
    JsonNode real =
        cast.ana
            .post("/drafts", "{\"title\":\"Dusk\",\"initial_segment\":\"one\"}")
            .json()
            .get("data");
    assertEquals(members(real), members(documented));
    assertEquals(members(real.at("/ring_state")), members(documented.at("/ring_state")));
    assertEquals(members(real.at("/segments/0")), members(documented.at("/segments/0")));
  }

  private static Set<String> members(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
