package dev.ringdraft.app.bench;

import dev.ringdraft.app.config.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bench is to do.
 *
 * @param url of the server, {@code http} with host and port
 * @param drafts 1 to 100,000
 * @param viewersPerDraft 0 to 100,000
 * @param appendsPerSecond in all drafts together, above 0
 * @param duration the measured time
 * @param warmUp the time before it, under the same load
 * @param payloadCodePoints length of an appended text, at least that of a {@link Stamp}
 * @param connectsPerSecond 0 = as fast as the server takes them
 * @param idle when given: nothing is appended, the connections are held this long
 * @param stalled viewers that stop reading once they are connected
 * @param runs how often the measured time passes, on the same seats
 * @param reconnectAt when given: this long after the warm-up all viewers drop and come back
 * @param churnPerSecond viewers that drop and come back, one at a time; 0 = none
 * @param token a JSON Web Token that all use; without it, the server's development mode is used
 * @param json a file for the result
 * @param pid the server's process on this machine, whose CPU time and memory are read
 */
public record BenchOptions(
    URI url,
    int drafts,
    int viewersPerDraft,
    double appendsPerSecond,
    Duration duration,
    Duration warmUp,
    int payloadCodePoints,
    Transport transport,
    double connectsPerSecond,
    @Nullable Duration idle,
    int stalled,
    int runs,
    @Nullable Duration reconnectAt,
    double churnPerSecond,
    @Nullable String token,
    @Nullable Path json,
    @Nullable Long pid) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|)");

  /** The options in the order of the help text: name, default, meaning. */
  private static final List<Option> OPTIONS =
      List.of(
          new Option("url", "http://127.0.0.1:8080", "the server"),
          new Option("drafts", "1", "drafts that are created for the run"),
          new Option("viewers-per-draft", "10", "viewers of each draft"),
          new Option("rate", "10", "appends a second, in all drafts together"),
          new Option("duration", "10s", "measured time (500ms, 10s, 2m)"),
          new Option("warm-up", "3s", "time under the same load before it"),
          new Option("payload-code-points", "100", "length of each text, 18 or more"),
          new Option("transport", "ws", "ws, sse or poll"),
          new Option("connect-rate", "0", "connects a second; 0 = as fast as they are taken"),
          new Option("idle", "", "append nothing, hold the connections this long"),
          new Option("stall", "0", "viewers that stop reading"),
          new Option("runs", "1", "how often it is measured, on the same seats"),
          new Option("reconnect-at", "", "time after which all viewers drop and come back"),
          new Option("churn", "0", "viewers a second that drop and come back one at a time"),
          new Option("token", "", "JSON Web Token of the user; empty = users of development mode"),
          new Option("json", "", "file for the result"),
          new Option("pid", "", "the server's process, to read its CPU time and memory"));

  private record Option(String name, String fallback, String meaning) {}

  /**
   * Reads {@code --name value} and {@code --name=value}.
   *
   * @throws ConfigurationException on what can't be meant
   */
  public static BenchOptions read(List<String> arguments) {
    Map<String, String> given = given(arguments);
    Words words = new Words(given);
    BenchOptions options =
        new BenchOptions(
            words.url(),
            words.number("drafts", 1, 100_000),
            words.number("viewers-per-draft", 0, 100_000),
            words.rate("rate"),
            words.duration("duration"),
            words.duration("warm-up"),
            words.number("payload-code-points", Stamp.LENGTH, 1_000_000),
            words.transport(),
            words.rate("connect-rate"),
            words.optionalDuration("idle"),
            words.number("stall", 0, 100_000),
            words.number("runs", 1, 1_000),
            words.optionalDuration("reconnect-at"),
            words.rate("churn"),
            words.text("token"),
            words.file("json"),
            words.text("pid") == null
                ? null
                : Long.valueOf(words.number("pid", 1, Integer.MAX_VALUE)));
    options.refuseWhatDoesNotGoTogether();
    return options;
  }

  /** All viewers of all drafts. */
  public int viewers() {
    return Math.multiplyExact(drafts, viewersPerDraft);
  }

  private void refuseWhatDoesNotGoTogether() {
    if ((long) drafts * viewersPerDraft > 1_000_000) {
      throw new ConfigurationException(
          "drafts × viewers-per-draft: %d (expected: 1000000 at most)"
              .formatted((long) drafts * viewersPerDraft));
    }
    if (idle == null && appendsPerSecond <= 0) {
      throw new ConfigurationException("rate: 0 (expected: above 0, or --idle)");
    }
    if (stalled > viewers()) {
      throw new ConfigurationException(
          "stall: %d (expected: at most the %d viewers)".formatted(stalled, viewers()));
    }
    if (stalled > 0 && transport != Transport.WS) {
      throw new ConfigurationException("stall: only with --transport ws");
    }
    if (reconnectAt != null && reconnectAt.compareTo(duration) >= 0) {
      throw new ConfigurationException("reconnect-at: not within the duration");
    }
    if (churnPerSecond > 0 && (viewers() == 0 || idle != null || reconnectAt != null)) {
      throw new ConfigurationException(
          "churn: only with viewers, and without --idle and --reconnect-at");
    }
  }

  /** How the bench is called, one option a line. */
  public static String help() {
    StringBuilder text = new StringBuilder(1_000);
    for (Option option : OPTIONS) {
      text.append("  --%-20s %s".formatted(option.name(), option.meaning()));
      text.append(option.fallback().isEmpty() ? "\n" : " [%s]\n".formatted(option.fallback()));
    }
    return text.toString();
  }

  private static Map<String, String> given(List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    OPTIONS.forEach(option -> given.put(option.name(), option.fallback()));
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        throw new ConfigurationException("bench: %s (expected: --name value)".formatted(argument));
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
      if (!given.containsKey(name)) {
        throw new ConfigurationException(
            "bench: --%s: unknown option (expected: %s)"
                .formatted(name, String.join(", ", given.keySet())));
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new ConfigurationException("bench: --%s: no value".formatted(name));
      }
      given.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
    }
    return given;
  }

  /** The values as they were written. */
  private record Words(Map<String, String> given) {
    @Nullable String text(String name) {
      String text = given.getOrDefault(name, "");
      return text.isEmpty() ? null : text;
    }

    @Nullable Path file(String name) {
      String text = text(name);
      return text == null ? null : Path.of(text);
    }

    int number(String name, int least, int most) {
      String text = given.getOrDefault(name, "");
      try {
        int number = Integer.parseInt(text.replace("_", ""));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException other) {
        throw refused(name, text, "%d..%d".formatted(least, most), other);
      }
      throw refused(name, text, "%d..%d".formatted(least, most), null);
    }

    double rate(String name) {
      String text = given.getOrDefault(name, "");
      try {
        double rate = Double.parseDouble(text);
        if (rate >= 0 && rate <= 10_000_000) {
          return rate;
        }
      } catch (NumberFormatException other) {
        throw refused(name, text, "a number, 0 or more", other);
      }
      throw refused(name, text, "0..10000000", null);
    }

    Duration duration(String name) {
      String text = given.getOrDefault(name, "");
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        throw refused(name, text, "such as 500ms, 10s or 2m", null);
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofSeconds(number);
      };
    }

    @Nullable Duration optionalDuration(String name) {
      return text(name) == null ? null : duration(name);
    }

    Transport transport() {
      String text = given.getOrDefault("transport", "");
      for (Transport transport : Transport.values()) {
        if (transport.word().equals(text)) {
          return transport;
        }
      }
      throw refused("transport", text, "ws, sse or poll", null);
    }

    URI url() {
      String text = given.getOrDefault("url", "");
      try {
        URI url = URI.create(text);
        if ("http".equals(url.getScheme()) && url.getHost() != null) {
          return url;
        }
      } catch (IllegalArgumentException other) {
        throw refused("url", text, "http://host:port", other);
      }
      throw refused("url", text, "http://host:port", null);
    }

    private static ConfigurationException refused(
        String name, String text, String expected, @Nullable Throwable cause) {
      ConfigurationException refused =
          new ConfigurationException(
              "bench: --%s: %s (expected: %s)".formatted(name, text, expected));
      if (cause != null) {
        refused.initCause(cause);
      }
      return refused;
    }
  }
}
