package dev.ringdraft.app.http.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One page that shows the descriptions of the API: the operations of {@code openapi.yaml} by their
 * tags, the frames of {@code asyncapi.yaml}, and the schemas. Without a script.
 */
final class ApiPage {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final String SCHEMAS = "#/components/schemas/";

  private final JsonNode openApi;
  private final JsonNode asyncApi;
  private final Html page = new Html();

  ApiPage(JsonNode openApi, JsonNode asyncApi) {
    this.openApi = openApi;
    this.asyncApi = asyncApi;
  }

  private record Operation(String method, String path, JsonNode item, JsonNode body) {
    String id() {
      return body.path("operationId").asText();
    }

    boolean has(String tag) {
      return StreamSupport.stream(body.path("tags").spliterator(), false)
          .anyMatch(each -> each.asText().equals(tag));
    }
  }

  String html() {
    String title = openApi.at("/info/title").asText() + " API";
    page.begin("html", "lang", "en").begin("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", title).empty("link", "rel", "stylesheet", "href", "/api.css").end();
    page.begin("body").begin("main");
    page.element("h1", title);
    page.begin("p").text("For programs: ");
    page.element("a", "openapi.yaml", "href", "/openapi.yaml");
    page.element("a", "asyncapi.yaml", "href", "/asyncapi.yaml").end();
    page.paragraphs(openApi.at("/info/description").asText());
    List<Operation> operations = operations();
    contents(operations);
    for (JsonNode tag : openApi.path("tags")) {
      String name = tag.path("name").asText();
      page.element("h2", name, "id", "tag-" + name);
      page.paragraphs(tag.path("description").asText());
      operations.stream().filter(each -> each.has(name)).forEach(this::operation);
    }
    frames();
    schemas();
    return page.end().end().end().toString();
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
        if (METHODS.contains(entry.getKey())) {
          operations.add(
              new Operation(
                  entry.getKey().toUpperCase(Locale.ROOT),
                  openApi.at("/servers/0/url").asText() + path.getKey(),
                  path.getValue(),
                  entry.getValue()));
        }
      }
    }
    return operations;
  }

  private void contents(List<Operation> operations) {
    page.begin("nav", "aria-label", "Contents").begin("ul");
    for (Operation operation : operations) {
      page.begin("li").begin("a", "href", "#" + operation.id());
      page.element("code", operation.method() + " " + operation.path()).end();
      page.text(" ").marked(operation.body().path("summary").asText()).end();
    }
    page.begin("li").element("a", "Frames of the WebSocket", "href", "#frames").end();
    page.begin("li").element("a", "Schemas", "href", "#schemas").end();
    page.end().end();
  }

  private void operation(Operation operation) {
    page.begin("section", "id", operation.id());
    page.begin("h3").begin("code").text(operation.method() + " " + operation.path()).end().end();
    page.begin("p").begin("strong").marked(operation.body().path("summary").asText()).end().end();
    page.paragraphs(operation.body().path("description").asText());
    parameters(operation);
    JsonNode body = operation.body().path("requestBody");
    if (!body.isMissingNode()) {
      page.element("h4", "Body");
      content(resolved(openApi, body));
    }
    page.element("h4", "Answers");
    table("status", "", "body");
    for (Map.Entry<String, JsonNode> answer : operation.body().path("responses").properties()) {
      JsonNode response = resolved(openApi, answer.getValue());
      page.begin("tr").element("th", answer.getKey(), "scope", "row");
      page.begin("td").marked(response.path("description").asText()).end().begin("td");
      content(response);
      page.end().end();
    }
    page.end().end().end();
  }

  private void parameters(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    operation.item().path("parameters").forEach(parameters::add);
    operation.body().path("parameters").forEach(parameters::add);
    if (parameters.isEmpty()) {
      return;
    }
    page.element("h4", "Parameters");
    table("name", "in", "value", "");
    for (JsonNode each : parameters) {
      JsonNode parameter = resolved(openApi, each);
      page.begin("tr").begin("th", "scope", "row");
      page.element("code", parameter.path("name").asText()).end();
      page.element("td", parameter.path("in").asText()).begin("td");
      type(parameter.path("schema"));
      page.end().begin("td").marked(parameter.path("description").asText()).end().end();
    }
    page.end().end();
  }

  /** The schema and one example of each media type. */
  private void content(JsonNode body) {
    for (Map.Entry<String, JsonNode> media : body.path("content").properties()) {
      page.element("code", media.getKey()).text(" ");
      type(media.getValue().path("schema"));
      JsonNode example = example(media.getValue());
      if (!example.isMissingNode()) {
        page.element("pre", example.isTextual() ? example.asText() : example.toPrettyString());
      }
    }
  }

  private JsonNode example(JsonNode media) {
    for (JsonNode first : media.path("examples")) {
      return resolved(openApi, first).path("value");
    }
    return media.path("example");
  }

  private void frames() {
    JsonNode channel = asyncApi.path("channels").elements().next();
    page.element("h2", "Frames of the WebSocket", "id", "frames");
    page.begin("p").element("code", channel.path("address").asText()).end();
    page.paragraphs(asyncApi.at("/info/description").asText());
    page.paragraphs(channel.path("description").asText());
    for (JsonNode operation : asyncApi.path("operations")) {
      boolean sends = operation.path("action").asText().equals("send");
      page.element("h3", sends ? "From the server" : "From the client");
      page.paragraphs(operation.path("summary").asText());
      for (JsonNode reference : operation.path("messages")) {
        String path = reference.path("$ref").asText();
        message(path.substring(path.lastIndexOf('/') + 1), resolved(asyncApi, reference));
      }
    }
  }

  private void message(String name, JsonNode message) {
    page.begin("section").begin("h4").element("code", name).end();
    page.paragraphs(message.path("summary").asText());
    properties(resolved(asyncApi, message.path("payload")));
    page.end();
  }

  private void schemas() {
    page.element("h2", "Schemas", "id", "schemas");
    for (Map.Entry<String, JsonNode> schema : openApi.at("/components/schemas").properties()) {
      page.begin("section", "id", "schema-" + schema.getKey());
      page.element("h3", schema.getKey()).begin("p");
      type(schema.getValue());
      page.end().paragraphs(schema.getValue().path("description").asText());
      properties(schema.getValue());
      schema.getValue().path("allOf").forEach(this::properties);
      page.end();
    }
  }

  private void properties(JsonNode schema) {
    if (schema.path("properties").isEmpty()) {
      return;
    }
    Set<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    table("member", "value", "");
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      page.begin("tr").begin("th", "scope", "row").element("code", property.getKey());
      page.text(required.contains(property.getKey()) ? " required" : "").end().begin("td");
      type(property.getValue());
      page.end().begin("td").marked(property.getValue().path("description").asText()).end().end();
    }
    page.end().end();
  }

  /** Begins a table and its body. */
  private void table(String... heads) {
    page.begin("table").begin("thead").begin("tr");
    for (String head : heads) {
      page.element("th", head.isEmpty() ? "meaning" : head, "scope", "col");
    }
    page.end().end().begin("tbody");
  }

  /** What values a schema allows, in a few words. */
  private void type(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    if (reference.startsWith(SCHEMAS)) {
      String name = reference.substring(SCHEMAS.length());
      if (openApi.at("/components/schemas").has(name)) {
        page.element("a", name, "href", "#schema-" + name);
      } else {
        page.element("code", name);
      }
      return;
    }
    JsonNode choices = schema.has("oneOf") ? schema.path("oneOf") : schema.path("allOf");
    if (!choices.isMissingNode()) {
      String between = "";
      for (JsonNode choice : choices) {
        page.text(between);
        type(choice);
        between = schema.has("oneOf") ? " or " : " and ";
      }
    } else if (schema.has("items")) {
      page.text("list of ");
      type(schema.path("items"));
    } else {
      page.text(words(schema));
    }
  }

  private static String words(JsonNode schema) {
    List<String> words = new ArrayList<>();
    JsonNode type = schema.path("type");
    words.add(type.isArray() ? joined(type, " or ") : type.asText());
    words.add(schema.path("format").asText());
    words.add(schema.has("const") ? schema.path("const").asText() : "");
    words.add(joined(schema.path("enum"), " | "));
    words.add(schema.path("pattern").asText());
    words.add(range(schema, "minimum", "maximum", ""));
    words.add(range(schema, "minLength", "maxLength", " characters"));
    words.add(schema.has("default") ? "default " + schema.path("default").asText() : "");
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }

  private static String range(JsonNode schema, String least, String most, String unit) {
    return schema.has(least) || schema.has(most)
        ? schema.path(least).asText() + ".." + schema.path(most).asText() + unit
        : "";
  }

  private static String joined(JsonNode values, String between) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(between));
  }

  /** What a reference leads to, also by way of others. */
  private static JsonNode resolved(JsonNode document, JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }
}
