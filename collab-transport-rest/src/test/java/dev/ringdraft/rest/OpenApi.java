package dev.ringdraft.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The description of these resources for people and programs, {@code docs/openapi.yaml}. */
final class OpenApi {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final OpenApi DOCUMENT = read(Path.of("..", "docs", "openapi.yaml"));

  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  static OpenApi document() {
    return DOCUMENT;
  }

  private static OpenApi read(Path file) {
    try {
      return new OpenApi(new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  JsonNode root() {
    return root;
  }

  /** Its operations, each as {@code GET /drafts/{draft_id}}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    root.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> {
                          if (METHODS.contains(name)) {
                            operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /** The statuses of an operation. */
  Set<Integer> statuses(String operation) {
    String[] parts = operation.split(" ", 2);
    Set<Integer> statuses = new TreeSet<>();
    root.get("paths")
        .get(parts[1])
        .get(parts[0].toLowerCase(Locale.ROOT))
        .get("responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return statuses;
  }

  /** Fails when a server says what the document doesn't. Of methods it lists, no others. */
  void mustKnow(String method, String path, int status) {
    Optional<String> operation = operation(method, path.replaceFirst("[?].*", ""));
    if (status == 405 || (operation.isEmpty() && status == 404)) {
      return;
    }
    assertTrue(operation.isPresent(), () -> method + " " + path + " is not documented");
    assertTrue(
        statuses(operation.get()).contains(status),
        () -> operation.get() + " does not document " + status);
  }

  private Optional<String> operation(String method, String path) {
    String[] asked = path.split("/", -1);
    return operations().stream()
        .filter(
            operation -> {
              String[] parts = operation.split(" ", 2);
              String[] template = parts[1].split("/", -1);
              if (!parts[0].equals(method.equals("HEAD") ? "GET" : method)
                  || template.length != asked.length) {
                return false;
              }
              for (int i = 0; i < asked.length; i++) {
                if (!template[i].startsWith("{") && !template[i].equals(asked[i])) {
                  return false;
                }
              }
              return true;
            })
        .min(Comparator.comparing(operation -> operation.contains("{")));
  }
}
