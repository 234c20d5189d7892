package dev.ringdraft.app.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The values that were given for the keys, each with where it came from: the command line before
 * the environment before the properties file. Holds secrets, so its text shows no value.
 */
final class GivenValues {
  private static final String CONFIG_VARIABLE = Key.VARIABLE_PREFIX + "CONFIG";

  private record Given(String value, String origin) {}

  private final Map<Key, Given> values;

  private GivenValues(Map<Key, Given> values) {
    this.values = values;
  }

  /**
   * @param options as {@link KeyOptions} describes them
   * @throws ConfigurationException on an unknown key, or a file that can't be read
   */
  static GivenValues read(ParseResult options, Map<String, String> environment) {
    Map<Key, Given> all = new EnumMap<>(Key.class);
    String file = KeyOptions.file(options);
    String fileOfEnvironment = environment.getOrDefault(CONFIG_VARIABLE, "");
    if (file != null) {
      readFile(file, all);
    } else if (!fileOfEnvironment.isBlank()) {
      readFile(fileOfEnvironment, all);
    }
    readEnvironment(environment, all);
    KeyOptions.values(options)
        .forEach((key, value) -> all.put(key, new Given(value, KeyOptions.option(key))));
    return new GivenValues(all);
  }

  /** What to write instead of an unknown name; empty when nothing is like it. */
  static String hint(String given, Optional<String> renamed, Stream<String> names) {
    return renamed
        .map(" (renamed to %s)"::formatted)
        .orElseGet(() -> NearestName.hint(given, names));
  }

  private static void readEnvironment(Map<String, String> environment, Map<Key, Given> into) {
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (!variable.startsWith(Key.VARIABLE_PREFIX) || variable.equals(CONFIG_VARIABLE)) {
        continue;
      }
      Key key =
          Key.ofVariable(variable)
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "%s: unknown environment variable%s"
                              .formatted(
                                  variable,
                                  hint(
                                      variable,
                                      Key.formerly(variable).map(Key::variable),
                                      Arrays.stream(Key.values()).map(Key::variable)))));
      put(key, environment.getOrDefault(variable, ""), variable, into);
    }
  }

  private static void readFile(String file, Map<Key, Given> into) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException missing) {
      throw new ConfigurationException("%s: no such file".formatted(file), missing);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ConfigurationException(
          "%s: can't be read as a properties file".formatted(file), unreadable);
    }
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      Key key =
          Key.named(name)
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "%s: unknown key in %s%s"
                              .formatted(
                                  name,
                                  file,
                                  hint(name, Key.formerly(name).map(Key::key), keys()))));
      put(key, properties.getProperty(name, ""), file, into);
    }
  }

  private static void put(Key key, String value, String origin, Map<Key, Given> into) {
    if (!value.isBlank()) {
      into.put(key, new Given(value, origin));
    }
  }

  private static Stream<String> keys() {
    return Arrays.stream(Key.values()).map(Key::key);
  }

  boolean has(Key key) {
    return values.containsKey(key);
  }

  /** The value as given, or the default; empty when there is neither. */
  String text(Key key) {
    Given given = values.get(key);
    return given == null ? key.fallback() : given.value().strip();
  }

  /** A name or an address; one of IPv6 may be in brackets. */
  String host(Key key) {
    String host = text(key);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Nullable String textOrNull(Key key) {
    String text = text(key);
    return text.isEmpty() ? null : text;
  }

  int number(Key key, int smallest, int largest) {
    String text = text(key);
    try {
      int number = Integer.parseInt(text);
      if (number >= smallest && number <= largest) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw refused(key, "%d..%d".formatted(smallest, largest));
    }
    throw refused(key, "%d..%d".formatted(smallest, largest));
  }

  boolean trueOrFalse(Key key) {
    return switch (text(key).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(key, "true or false");
    };
  }

  Path path(Key key) {
    try {
      return Path.of(text(key));
    } catch (InvalidPathException notAPath) {
      throw refused(key, "a path");
    }
  }

  URI uri(Key key) {
    try {
      return new URI(text(key));
    } catch (URISyntaxException notAUri) {
      throw refused(key, "a URL");
    }
  }

  /** The elements between commas, in their order, without the empty ones. */
  Set<String> list(Key key) {
    Set<String> elements = new LinkedHashSet<>();
    for (String element : text(key).split(",", -1)) {
      if (!element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  /**
   * A secret, given in place or by a file that holds it on its only line.
   *
   * @return empty when neither is given
   */
  String secret(Key inPlace, Key inFile) {
    if (!has(inFile)) {
      Given given = values.get(inPlace);
      return given == null ? "" : given.value();
    }
    if (has(inPlace)) {
      throw new ConfigurationException("%s and %s: give one of them".formatted(inPlace, inFile));
    }
    return secret(inFile);
  }

  /** A secret that a file holds on its only line; empty when no file is given. */
  String secret(Key inFile) {
    if (!has(inFile)) {
      return "";
    }
    try {
      return Files.readString(path(inFile)).stripTrailing();
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          "%s: can't be read%s".formatted(shown(inFile), origin(inFile)), unreadable);
    }
  }

  /** The value of each key, without secrets. */
  List<EffectiveValue> effective() {
    return Arrays.stream(Key.values())
        .map(
            key -> {
              Given given = values.get(key);
              return new EffectiveValue(
                  key, withoutSecret(key), given == null ? "" : given.origin());
            })
        .toList();
  }

  private String withoutSecret(Key key) {
    return switch (key) {
      case DATABASE_PASSWORD, AUTH_JWT_HMAC_SECRET -> has(key) ? EffectiveValue.HIDDEN : "";
      // Its parameters may hold a password.
      case DATABASE_URL -> text(key).replaceFirst("\\?.*", "?" + EffectiveValue.HIDDEN);
      default -> text(key);
    };
  }

  /** For a value that can't be meant; not for secrets, since it shows the value. */
  ConfigurationException refused(Key key, String expected) {
    return new ConfigurationException(
        "%s (expected: %s)%s".formatted(shown(key), expected, origin(key)));
  }

  private String shown(Key key) {
    return "%s: %s".formatted(key, text(key));
  }

  private String origin(Key key) {
    Given given = values.get(key);
    return given == null ? "" : ", given by " + given.origin();
  }

  @Override
  public String toString() {
    return "GivenValues" + values.keySet();
  }
}
