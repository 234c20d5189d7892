package dev.ringdraft.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/asyncapi.yaml declares is what the golden frames are. */
final class AsyncApiTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Set<String> SAID_BY_CLIENTS = Set.of("auth", "ping", "presence");

  private final JsonNode api;

  AsyncApiTest() throws IOException {
    api = new ObjectMapper(new YAMLFactory()).readTree(DOCS.resolve("asyncapi.yaml").toFile());
  }

  private static List<Path> frames() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("protocol/frames"))) {
      return files.sorted().toList();
    }
  }

  private static String type(Path frame) {
    return frame.getFileName().toString().replace(".json", "");
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : resolved(api.at(reference.asText().substring(1)));
  }

  @Test
  void every_frame_is_a_message_of_the_channel_and_every_message_is_a_frame() throws Exception {
    Set<String> expected = new TreeSet<>(SAID_BY_CLIENTS);
    frames().forEach(frame -> expected.add(type(frame)));
    Set<String> declared = new TreeSet<>();
    api.at("/channels/draft/messages").fieldNames().forEachRemaining(declared::add);
    assertEquals(expected, declared);
  }

  @TestFactory
  Stream<DynamicTest> a_frame_has_the_fields_that_its_message_declares() throws Exception {
    return frames().stream()
        .map(frame -> DynamicTest.dynamicTest(type(frame), () -> assertDeclared(frame)));
  }

  private void assertDeclared(Path file) throws IOException {
    JsonNode frame = new ObjectMapper().readTree(file.toFile());
    JsonNode message = resolved(api.at("/components/messages").path(type(file)));
    JsonNode payload = resolved(message.path("payload"));
    assertFalse(payload.isMissingNode(), "not declared");
    payload.path("required").forEach(name -> assertTrue(frame.has(name.asText()), name::asText));
    frame
        .fieldNames()
        .forEachRemaining(name -> assertTrue(payload.path("properties").has(name), name));
    JsonNode constant = payload.at("/properties/type/const");
    assertTrue(constant.isMissingNode() || constant.equals(frame.get("type")));
  }
}
