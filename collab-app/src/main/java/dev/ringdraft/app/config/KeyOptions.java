package dev.ringdraft.app.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The table of keys as options of a command line: {@code --key VALUE} or {@code --key=VALUE} for
 * each {@link Key}, and {@code --config FILE}. picocli parses them; a refusal names the option and
 * the expected value.
 */
public final class KeyOptions {
  private static final String PREFIX = "--";
  private static final String CONFIG = PREFIX + "config";

  private KeyOptions() {}

  /**
   * Adds options to a command, in the order of the table.
   *
   * @param wanted of which keys
   */
  public static void addTo(CommandSpec command, Predicate<Key> wanted) {
    command.addOption(
        option(CONFIG, "FILE", "properties file with keys, or that of COLLAB_CONFIG"));
    for (Key key : Key.values()) {
      if (wanted.test(key)) {
        command.addOption(option(PREFIX + key, "VALUE", described(key)));
      }
    }
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description.replace("%", "%%"))
        .preprocessor(KeyOptions::refuseOptionAsValue)
        .build();
  }

  private static String described(Key key) {
    return key.fallback().isEmpty()
        ? key.meaning()
        : "%s [%s]".formatted(key.meaning(), key.fallback());
  }

  /** What follows an option is its value, unless it looks like an option; {@code =} takes all. */
  @SuppressWarnings("JdkObsolete") // Stack is what picocli's interface has.
  private static boolean refuseOptionAsValue(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (" ".equals(info.get("separator"))
        && !arguments.isEmpty()
        && arguments.peek().startsWith(PREFIX)) {
      throw new MissingParameterException(command.commandLine(), option, "no value");
    }
    return false;
  }

  /**
   * Takes arguments literally: no file of arguments, no abbreviation, no end of the options, and
   * any text as a value.
   *
   * @return the same command line, with its subcommands
   */
  public static CommandLine literal(CommandLine commandLine) {
    return commandLine
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setAllowOptionsAsOptionParameters(true)
        .setEndOfOptionsDelimiter("\0");
  }

  static ParseResult parse(List<String> options) {
    CommandSpec command = CommandSpec.create().mixinStandardHelpOptions(true);
    addTo(command, key -> true);
    try {
      return literal(new CommandLine(command)).parseArgs(options.toArray(String[]::new));
    } catch (ParameterException misused) {
      throw refusal(misused);
    }
  }

  static @Nullable String file(ParseResult options) {
    return options.matchedOptionValue(CONFIG, null);
  }

  /** The values that are not blank, by their keys. */
  static Map<Key, String> values(ParseResult options) {
    Map<Key, String> values = new EnumMap<>(Key.class);
    for (Key key : Key.values()) {
      String value = options.matchedOptionValue(option(key), "");
      if (!value.isBlank()) {
        values.put(key, value);
      }
    }
    return values;
  }

  static String option(Key key) {
    return PREFIX + key;
  }

  /** The refusal of arguments that picocli could not match to a command. */
  public static ConfigurationException refusal(ParameterException misused) {
    String message =
        switch (misused) {
          case MissingParameterException missing -> missing(missing.getMissing().getFirst());
          case OverwrittenOptionException twice ->
              "%s: given twice".formatted(name(twice.getOverwritten()));
          case UnmatchedArgumentException unmatched ->
              unknown(
                  unmatched.getUnmatched().getFirst(), unmatched.getCommandLine().getCommandSpec());
          default -> String.valueOf(misused.getMessage());
        };
    return new ConfigurationException(message, misused);
  }

  private static String missing(ArgSpec argument) {
    String name = name(argument);
    return argument.completionCandidates() == null
        ? "%s: no value (expected: %s value)".formatted(name, name)
        : "%s: no value (expected: %s)"
            .formatted(name, String.join(", ", argument.completionCandidates()));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unknown(String argument, CommandSpec command) {
    if (!argument.startsWith(PREFIX) || argument.equals(PREFIX)) {
      return "%s: not an option (expected: --key value)".formatted(argument);
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    Stream<String> names =
        command.optionsMap().keySet().stream().filter(each -> each.startsWith(PREFIX));
    return "%s: unknown option%s"
        .formatted(
            name,
            GivenValues.hint(name, Key.formerly(name.substring(2)).map(KeyOptions::option), names));
  }
}
