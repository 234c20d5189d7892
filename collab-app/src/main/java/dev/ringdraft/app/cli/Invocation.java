package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.ConfigurationException;
import java.util.List;

/** What the program was called to do. */
public sealed interface Invocation {
  /**
   * Serve drafts; the default.
   *
   * @param options as they were given, not yet understood
   */
  record Serve(List<String> options) implements Invocation {
    public Serve {
      options = List.copyOf(options);
    }
  }

  /**
   * Put a load on a server, and measure.
   *
   * @param options as they were given, not yet understood
   */
  record Bench(List<String> options) implements Invocation {
    public Bench {
      options = List.copyOf(options);
    }
  }

  /** Let a server learn, for the AOT cache that the next ones start with. */
  record Train() implements Invocation {}

  /** Say how the program is called. */
  record Help() implements Invocation {}

  /** Say which version this is. */
  record Version() implements Invocation {}

  /**
   * Reads {@code [serve|bench|train|help] [options]}; {@code --help} and {@code --version} count
   * anywhere but behind {@code bench}, which has a help of its own.
   *
   * @throws ConfigurationException on another command
   */
  static Invocation of(List<String> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst().equals("bench")) {
      return new Bench(arguments.subList(1, arguments.size()));
    }
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return new Help();
    }
    if (arguments.contains("--version") || arguments.contains("-V")) {
      return new Version();
    }
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
      return new Serve(arguments);
    }
    return switch (arguments.getFirst()) {
      case "serve" -> new Serve(arguments.subList(1, arguments.size()));
      case "train" -> train(arguments);
      case "help" -> new Help();
      case "version" -> new Version();
      default ->
          throw new ConfigurationException(
              "%s: unknown command (expected: serve, bench, train, help or version)"
                  .formatted(arguments.getFirst()));
    };
  }

  private static Train train(List<String> arguments) {
    if (arguments.size() > 1) {
      throw new ConfigurationException(
          "train: %s (expected: nothing behind it)".formatted(arguments.get(1)));
    }
    return new Train();
  }
}
