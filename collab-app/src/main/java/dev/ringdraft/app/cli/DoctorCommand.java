package dev.ringdraft.app.cli;

import dev.ringdraft.app.config.ConfigurationException;
import dev.ringdraft.app.doctor.Doctor;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doctor}: opens every transport of a server, and says what the network allows. */
@Command(
    name = DoctorCommand.NAME,
    description = {
      "Open every transport of a server through a URL, as a browser would, and report what the"
          + " network and its proxies allow. Creates a draft for that, and completes it."
    },
    footer = {"", "Exit codes: 0 everything works; 1 something does not; 2 refused arguments."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  static final String NAME = "doctor";

  private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+/?");

  @Parameters(
      paramLabel = "URL",
      description = "where users reach the server: http(s)://host[:port]")
  private String url = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "a user of development mode, to whom the draft belongs [doctor]")
  private String user = "doctor";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with a token, for a server that is not in development mode")
  private @Nullable Path tokenFile;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not parsed by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Doctor doctor =
        new Doctor(
            address(),
            credentials(),
            finding -> {
              String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
              out.println("%-8s%-14s%s".formatted(verdict, finding.subject(), finding.detail()));
              out.flush();
            })) {
      return (doctor.examine() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  private URI address() {
    if (ADDRESS.matcher(url).matches()) {
      return URI.create(url.replaceFirst("/$", ""));
    }
    throw new ConfigurationException("URL: %s (expected: http(s)://host[:port])".formatted(url));
  }

  private Map<String, String> credentials() {
    if (tokenFile == null) {
      return Map.of("X-User-Id", user);
    }
    try {
      return Map.of("Authorization", "Bearer " + Files.readString(tokenFile).strip());
    } catch (IOException unreadable) {
      throw new ConfigurationException("--token-file: %s: can't be read".formatted(tokenFile));
    }
  }
}
