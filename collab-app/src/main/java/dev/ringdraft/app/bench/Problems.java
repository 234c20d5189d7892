package dev.ringdraft.app.bench;

import dev.ringdraft.app.config.Key;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a refusal says to whoever runs the bench, with what to do about a limit. */
final class Problems {
  private static final Pattern DETAIL = Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z_]*)\"");

  private Problems() {}

  /** One line of a status, and the problem's body; status 0 = there was no answer. */
  static String told(int status, String body) {
    if (status == 0) {
      return body;
    }
    String detail = first(DETAIL, body);
    return "%d %s%s".formatted(status, detail.isEmpty() ? body.strip() : detail, hint(body));
  }

  private static String hint(String body) {
    return switch (first(CODE, body)) {
      case "too_many_connections" -> raise(body, "connections");
      case "rate_limited" -> raise(body, "requests", "handshakes");
      case "draft_full" -> raise(body, "segments", "collaborators");
      case "validation_error" -> raise(body, "content", "body");
      case "unauthenticated" -> "; give a --token, or switch auth.dev on";
      default -> "";
    };
  }

  /** Names the keys of these words; if the problem says some of them, of those alone. */
  private static String raise(String body, String... words) {
    List<String> said = Arrays.stream(words).filter(body::contains).toList();
    List<String> meant = said.isEmpty() ? List.of(words) : said;
    String keys =
        Arrays.stream(Key.values())
            .map(Key::key)
            .filter(key -> key.startsWith("limit."))
            .filter(key -> meant.stream().anyMatch(key::contains))
            .collect(Collectors.joining(" or "));
    return keys.isEmpty() ? "" : "; raise %s of the server".formatted(keys);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
