package dev.ringdraft.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that the descriptions of the API keep, so that tools can make clients of them. */
final class ApiDescriptionsTest {
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private static JsonNode read(String name) throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .readTree(Files.readString(Document.ROOT.resolve("docs").resolve(name)));
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref")
        ? resolved(document, document.at(node.path("$ref").asText().substring(1)))
        : node;
  }

  private static List<String> references(JsonNode document) {
    return document.findValuesAsText("$ref");
  }

  private static Set<String> texts(JsonNode nodes) {
    Set<String> texts = new TreeSet<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void every_reference_leads_somewhere_and_every_component_is_used(String name) throws Exception {
    JsonNode document = read(name);
    List<String> references = references(document);
    for (String reference : references) {
      assertTrue(!document.at(reference.substring(1)).isMissingNode(), reference);
    }
    Set<String> unused = new TreeSet<>();
    for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
      for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
        unused.add("#/components/" + kind.getKey() + "/" + component.getKey());
      }
    }
    references.forEach(unused::remove);
    unused.removeIf(component -> component.startsWith("#/components/securitySchemes/"));
    assertEquals(Set.of(), unused);
  }

  private record Operation(String path, JsonNode item, JsonNode body) {}

  private static List<Operation> operations(JsonNode openApi) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(new Operation(path.getKey(), path.getValue(), method.getValue()));
        }
      }
    }
    return operations;
  }

  @Test
  void every_operation_has_an_id_a_summary_a_tag_and_answers() throws Exception {
    JsonNode openApi = read("openapi.yaml");
    Set<String> tags = new TreeSet<>(openApi.path("tags").findValuesAsText("name"));
    Set<String> ids = new TreeSet<>();
    for (Operation operation : operations(openApi)) {
      String id = operation.body().path("operationId").asText();
      assertTrue(!id.isEmpty() && ids.add(id), operation.path() + " " + id);
      String summary = operation.body().path("summary").asText();
      assertTrue(!summary.isEmpty() && !summary.endsWith("."), id + ": " + summary);
      Set<String> own = texts(operation.body().path("tags"));
      assertTrue(!own.isEmpty() && tags.containsAll(own), id + ": " + own);
      Set<String> statuses = new TreeSet<>();
      operation.body().path("responses").fieldNames().forEachRemaining(statuses::add);
      assertTrue(statuses.stream().anyMatch(status -> status.startsWith("2")), id + statuses);
      assertTrue(statuses.containsAll(Set.of("429", "503")), id + statuses);
      for (JsonNode answer : operation.body().path("responses")) {
        assertTrue(!resolved(openApi, answer).path("description").asText().isEmpty(), id);
      }
    }
    assertTrue(ids.size() > 10, ids::toString);
  }

  @Test
  void every_parameter_of_a_path_is_declared() throws Exception {
    JsonNode openApi = read("openapi.yaml");
    for (Operation operation : operations(openApi)) {
      Set<String> declared =
          Stream.of(operation.item(), operation.body())
              .flatMap(node -> node.path("parameters").valueStream())
              .map(parameter -> resolved(openApi, parameter))
              .filter(parameter -> parameter.path("in").asText().equals("path"))
              .filter(parameter -> parameter.path("required").asBoolean())
              .map(parameter -> parameter.path("name").asText())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(
          IN_PATH
              .matcher(operation.path())
              .results()
              .map(MatchResult::group)
              .map(name -> name.substring(1, name.length() - 1))
              .collect(Collectors.toCollection(TreeSet::new)),
          declared,
          operation.path());
    }
  }

  @Test
  void every_frame_has_a_direction_a_summary_and_a_payload() throws Exception {
    JsonNode asyncApi = read("asyncapi.yaml");
    Set<String> sent = new TreeSet<>();
    for (JsonNode operation : asyncApi.path("operations")) {
      assertTrue(!operation.path("summary").asText().isEmpty(), operation::toString);
      for (String reference : operation.path("messages").findValuesAsText("$ref")) {
        assertTrue(sent.add(reference.substring(reference.lastIndexOf('/') + 1)), reference);
      }
    }
    Set<String> ofChannel = new TreeSet<>();
    JsonNode messages = asyncApi.at("/channels/draft/messages");
    for (Map.Entry<String, JsonNode> message : messages.properties()) {
      ofChannel.add(message.getKey());
      JsonNode frame = resolved(asyncApi, message.getValue());
      assertTrue(!frame.path("summary").asText().isEmpty(), message.getKey());
      JsonNode payload = resolved(asyncApi, frame.path("payload"));
      assertTrue(texts(payload.path("required")).contains("type"), message.getKey());
    }
    assertEquals(ofChannel, sent);
  }
}
