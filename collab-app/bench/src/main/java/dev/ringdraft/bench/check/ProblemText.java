package dev.ringdraft.bench.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line about a refused request: status and detail of its problem (RFC 9457), and the server's
 * limits to raise where a limit was reached.
 */
public final class ProblemText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys of the server's configuration, which a test of the server compares with its own. */
  private static final List<String> KEYS =
      List.of(
          "limit.content-max-code-points",
          "limit.collaborators-max-count",
          "limit.segments-max-count",
          "limit.body-max-bytes",
          "limit.network-connections-max-count",
          "limit.connections-max-count",
          "limit.connections-per-draft-max-count",
          "limit.connections-per-user-max-count",
          "limit.handshakes-per-address-per-second",
          "limit.requests-per-second",
          "limit.requests-burst-max-count");

  private static final String DEVELOPMENT_MODE = "auth.dev";

  private ProblemText() {}

  /** All keys of the server's configuration that a text may name. */
  public static List<String> keys() {
    return Stream.concat(KEYS.stream(), Stream.of(DEVELOPMENT_MODE)).toList();
  }

  /** One line for a status and a response body; status 0 means that no response came. */
  public static String of(int status, String body) {
    if (status == 0) {
      return body;
    }
    JsonNode problem = parse(body);
    String detail = problem.path("detail").asText("");
    return "%d %s%s"
        .formatted(
            status,
            detail.isEmpty() ? body.strip() : detail,
            hint(problem.path("code").asText(""), body));
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noProblem) {
      return MissingNode.getInstance();
    }
  }

  private static String hint(String code, String body) {
    return switch (code) {
      case "too_many_connections" -> raise(body, connections(body));
      case "rate_limited" -> raise(body, "requests", "handshakes");
      case "draft_full" -> raise(body, "segments", "collaborators");
      case "validation_error" -> raise(body, "content", "body");
      case "unauthenticated" -> "; give a --token, or switch %s on".formatted(DEVELOPMENT_MODE);
      default -> "";
    };
  }

  /** The part of a key's name that stands for the owner of the connections. */
  private static String connections(String body) {
    if (body.contains("this draft")) {
      return "connections-per-draft";
    }
    if (body.contains("this user")) {
      return "connections-per-user";
    }
    return body.contains("this server") ? "limit.connections-max" : "connections";
  }

  /** Names the keys that contain one of these words; if the problem contains some, of those. */
  private static String raise(String body, String... words) {
    List<String> named = Arrays.stream(words).filter(body::contains).toList();
    List<String> meant = named.isEmpty() ? List.of(words) : named;
    List<String> keys = new ArrayList<>(KEYS);
    keys.removeIf(key -> meant.stream().noneMatch(key::contains));
    return "; raise %s of the server".formatted(String.join(" or ", keys));
  }
}
