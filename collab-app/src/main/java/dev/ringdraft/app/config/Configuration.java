package dev.ringdraft.app.config;

import java.util.List;
import java.util.Map;

/** The whole configuration, one record a concern. Its text shows no secret. */
public record Configuration(
    HttpSettings http,
    DataSettings data,
    DatabaseKeys database,
    AuthSettings auth,
    CorsSettings cors,
    AdminSettings admin,
    LimitSettings limits) {
  /** What holds when nothing is said: a server that works, for this machine alone. */
  public static Configuration defaults() {
    return new Configuration(
        HttpSettings.defaults(),
        DataSettings.defaults(),
        DatabaseKeys.defaults(),
        AuthSettings.defaults(),
        CorsSettings.defaults(),
        AdminSettings.defaults(),
        LimitSettings.defaults());
  }

  /**
   * Reads the command line, the environment ({@code COLLAB_…}) and the properties file that one of
   * the two names, in this order of precedence.
   *
   * @param options {@code --key value} or {@code --key=value}, and {@code --config FILE}
   * @throws ConfigurationException on what can't be meant
   */
  public static Configuration read(List<String> options, Map<String, String> environment) {
    GivenValues values = GivenValues.read(options, environment);
    Configuration configuration =
        new Configuration(
            HttpSettings.read(values),
            DataSettings.read(values),
            DatabaseKeys.read(values),
            AuthSettings.read(values),
            CorsSettings.read(values),
            AdminSettings.read(values),
            LimitSettings.read(values));
    configuration.refuseWhatDoesNotGoTogether();
    return configuration;
  }

  /** Whether callers are believed without a proof. */
  public boolean believesNames() {
    return auth.believesNames(http);
  }

  private void refuseWhatDoesNotGoTogether() {
    auth.believesNames(http);
    if (admin.port() != 0 && admin.port() == http.port()) {
      throw new ConfigurationException(
          "admin.port: %d (expected: another port than http.port)".formatted(admin.port()));
    }
  }
}
