package dev.ringdraft.app.cli;

import dev.ringdraft.app.auth.DevelopmentToken;
import dev.ringdraft.app.config.Configuration;
import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.member.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: signs a token that a server of the same configuration accepts. */
@Command(
    name = TokenCommand.NAME,
    description = {
      "Sign a JSON Web Token for development and tests, and print it. A server with the same"
          + " auth.jwt.… keys accepts it."
    },
    footer = {
      "",
      "With auth.jwt.hmac-secret the secret signs. With auth.jwt.public-key, name the private key"
          + " of it: --private-key.",
      "",
      "curl -H \"Authorization: Bearer $(ringdraft token --config my.properties ana)\""
          + " http://127.0.0.1:8080/v1/collab/drafts"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TokenCommand implements Callable<Integer> {
  static final String NAME = "token";

  /** What the keys begin with that this command takes. */
  static final String KEYS = "auth.jwt.";

  private static final Duration LONGEST = Duration.ofDays(1);

  private final Map<String, String> environment;

  @Parameters(paramLabel = "USER", description = "the user that the token is for")
  private String user = "";

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      description = "how long it is valid, 1 to 1440 [60]")
  private long minutes = 60;

  @Option(
      names = "--private-key",
      paramLabel = "FILE",
      description = "PEM file with a private key, RSA, EC P-256 or Ed25519 (BEGIN PRIVATE KEY)")
  private @Nullable Path privateKey;

  @Spec private @Nullable CommandSpec spec;

  TokenCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    Duration valid = Duration.ofMinutes(minutes);
    if (!valid.isPositive() || valid.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          "--minutes: %d (expected: 1..%d)".formatted(minutes, LONGEST.toMinutes()));
    }
    Configuration configuration =
        Configuration.read(spec.commandLine().getParseResult(), environment);
    DevelopmentToken token =
        privateKey == null
            ? DevelopmentToken.bySecret(configuration.auth())
            : DevelopmentToken.byPrivateKey(privateKey, configuration.auth());
    spec.commandLine().getOut().println(token.sign(userId(), Instant.now().plus(valid)));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.code();
  }

  private UserId userId() {
    try {
      return UserId.given(user);
    } catch (IllegalArgumentException invalid) {
      throw new ConfigurationException("USER: " + invalid.getMessage());
    }
  }
}
