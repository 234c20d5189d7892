package dev.ringdraft.app.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** The whole configuration, one record a concern. Its text shows no secret. */
public record Configuration(
    NetworkSettings network,
    StorageSettings storage,
    AuthSettings auth,
    LimitSettings limits,
    ProcessSettings process) {
  /** What holds when nothing is said: a server that works, for this machine alone. */
  public static Configuration defaults() {
    return new Configuration(
        NetworkSettings.defaults(),
        StorageSettings.defaults(),
        AuthSettings.defaults(),
        LimitSettings.defaults(),
        ProcessSettings.defaults());
  }

  /**
   * Reads the command line, the environment ({@code COLLAB_…}) and the properties file that one of
   * the two names, in this order of precedence.
   *
   * @param options {@code --key value} or {@code --key=value}, and {@code --config FILE}
   * @throws ConfigurationException on what can't be meant
   */
  public static Configuration read(List<String> options, Map<String, String> environment) {
    return read(KeyOptions.parse(options), environment);
  }

  /**
   * As {@link #read(List, Map)}, of options that picocli has parsed.
   *
   * @param options of a command that {@link KeyOptions} has added them to
   * @throws ConfigurationException on what can't be meant
   */
  public static Configuration read(ParseResult options, Map<String, String> environment) {
    GivenValues values = GivenValues.read(options, environment);
    Configuration configuration =
        new Configuration(
            NetworkSettings.read(values),
            StorageSettings.read(values),
            AuthSettings.read(values),
            LimitSettings.read(values),
            ProcessSettings.read(values));
    // It refuses what does not go together.
    boolean unused = configuration.developmentModeEnabled();
    return configuration;
  }

  /** What works as configured and is not safe, one line each with the keys to set. */
  public List<String> warnings() {
    return Stream.concat(http().warnings(), auth.warnings()).toList();
  }

  /**
   * The value of each key that {@link #read(ParseResult, Map)} would take, in the order of the
   * table, without secrets.
   *
   * @throws ConfigurationException on an unknown key, or a file that can't be read
   */
  public static List<EffectiveValue> effective(
      ParseResult options, Map<String, String> environment) {
    return GivenValues.read(options, environment).effective();
  }

  /** Where the server listens. */
  public HttpSettings http() {
    return network.http();
  }

  /**
   * Whether callers are believed without a proof.
   *
   * @throws ConfigurationException when they would be where that lets anybody in
   */
  public boolean developmentModeEnabled() {
    return auth.developmentModeEnabled(http());
  }
}
