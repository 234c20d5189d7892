package dev.ringdraft.bench.load;

import dev.ringdraft.bench.check.DueStamp;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/**
 * The options of a bench. picocli sets the fields from the command line; after {@link #validate}
 * they are in range, and nothing changes them.
 */
public final class BenchOptions {
  private static final int MOST = 100_000;
  private static final int MOST_VIEWERS = 1_000_000;

  /** A server takes 50 handshakes of an address in a second, unless it is configured otherwise. */
  private static final double DEFAULT_CONNECTS = 45;

  private static final double HIGHEST_RATE = 10_000_000;

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "the server")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--drafts",
      paramLabel = "COUNT",
      description = "drafts that are created for the run")
  private int drafts = 1;

  @Option(
      names = "--viewers-per-draft",
      paramLabel = "COUNT",
      description = "subscribers of each draft")
  private int viewersPerDraft = 10;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "appends a second, in all drafts together")
  private double appendsPerSecond = 10;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10s",
      description = "measured time (500ms, 10s, 2m)")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "3s",
      description = "time under the same load before it")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--payload-code-points",
      paramLabel = "COUNT",
      description = "length of each text, " + DueStamp.LENGTH + " or more")
  private int payloadCodePoints = 100;

  @Option(
      names = "--transport",
      paramLabel = "TRANSPORT",
      description = "one of: ${COMPLETION-CANDIDATES}")
  private Transport transport = Transport.WS;

  @Option(
      names = "--connect-rate",
      paramLabel = "RATE",
      description =
          "connects a second, below the server's limit of handshakes; 0 = as fast as it accepts them")
  private double connectsPerSecond = DEFAULT_CONNECTS;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "append nothing, hold the connections for this time")
  private @Nullable Duration idle;

  @Option(names = "--stall", paramLabel = "COUNT", description = "subscribers that stop reading")
  private int stalled;

  @Option(
      names = "--runs",
      paramLabel = "COUNT",
      description = "measurements one after the other, on the same connections")
  private int runs = 1;

  @Option(
      names = "--reconnect-at",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "time after which all subscribers drop and reconnect")
  private @Nullable Duration reconnectAt;

  @Option(
      names = "--churn",
      paramLabel = "RATE",
      description = "subscribers a second that drop and reconnect one at a time")
  private double churnPerSecond;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "JSON Web Token of all users; without it, users of development mode")
  private @Nullable String token;

  @Option(names = "--json", paramLabel = "FILE", description = "file for the result")
  private @Nullable Path json;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "the server's process, to read its CPU time and memory")
  private @Nullable Long pid;

  /**
   * Checks ranges and combinations.
   *
   * @throws ParameterException with one line that names the option
   */
  public void validate() {
    inRange("drafts", drafts, 1, MOST);
    inRange("viewers-per-draft", viewersPerDraft, 0, MOST);
    inRange("rate", appendsPerSecond);
    inRange("payload-code-points", payloadCodePoints, DueStamp.LENGTH, MOST_VIEWERS);
    inRange("connect-rate", connectsPerSecond);
    inRange("stall", stalled, 0, MOST);
    inRange("runs", runs, 1, 1_000);
    inRange("churn", churnPerSecond);
    if (pid != null) {
      inRange("pid", pid, 1, Integer.MAX_VALUE);
    }
    require(
        (long) drafts * viewersPerDraft <= MOST_VIEWERS,
        "drafts × viewers-per-draft: %d (expected: %d at most)"
            .formatted((long) drafts * viewersPerDraft, MOST_VIEWERS));
    require(idle != null || appendsPerSecond > 0, "rate: 0 (expected: above 0, or --idle)");
    require(
        stalled <= viewers(),
        "stall: %d (expected: at most the %d viewers)".formatted(stalled, viewers()));
    require(stalled == 0 || transport == Transport.WS, "stall: only with --transport ws");
    require(
        reconnectAt == null || reconnectAt.compareTo(duration) < 0,
        "reconnect-at: not within the duration");
    require(
        churnPerSecond == 0 || (viewers() > 0 && idle == null && reconnectAt == null),
        "churn: only with viewers, and without --idle and --reconnect-at");
  }

  private void inRange(String name, long value, long least, long most) {
    require(
        value >= least && value <= most,
        "%s: %d (expected: %d..%d)".formatted(name, value, least, most));
  }

  private void inRange(String name, double rate) {
    require(
        rate >= 0 && rate <= HIGHEST_RATE,
        "%s: %s (expected: 0..%.0f)".formatted(name, rate, HIGHEST_RATE));
  }

  private void require(boolean valid, String message) {
    if (!valid) {
      if (spec == null) {
        throw new IllegalStateException("not parsed by picocli");
      }
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** The server: {@code http} with a host. */
  URI url() {
    return url;
  }

  /** The number of drafts, 1 to 100,000. */
  int drafts() {
    return drafts;
  }

  /** The number of subscribers of each draft, 0 to 100,000. */
  int viewersPerDraft() {
    return viewersPerDraft;
  }

  /** The number of subscribers of all drafts, 0 to 1,000,000. */
  int viewers() {
    return Math.multiplyExact(drafts, viewersPerDraft);
  }

  /** Appends in all drafts together, above 0 unless {@link #idle} is given. */
  double appendsPerSecond() {
    return appendsPerSecond;
  }

  /** The measured time. */
  Duration duration() {
    return duration;
  }

  /** The time before it, under the same load. */
  Duration warmUp() {
    return warmUp;
  }

  /** The length of each appended text, at least that of a {@link DueStamp}. */
  int payloadCodePoints() {
    return payloadCodePoints;
  }

  Transport transport() {
    return transport;
  }

  /** 0 = as fast as the server accepts connections. */
  double connectsPerSecond() {
    return connectsPerSecond;
  }

  /** If given, nothing is appended, and the connections are held for this time. */
  @Nullable Duration idle() {
    return idle;
  }

  /** The number of subscribers that stop reading once they are connected. */
  int stalled() {
    return stalled;
  }

  /** The number of measurements, on the same connections. */
  int runs() {
    return runs;
  }

  /** If given, all subscribers drop and reconnect this long after the warm-up. */
  @Nullable Duration reconnectAt() {
    return reconnectAt;
  }

  /** Subscribers that drop and reconnect, one at a time; 0 = none. */
  double churnPerSecond() {
    return churnPerSecond;
  }

  /** The JSON Web Token of all users; null for the server's development mode. */
  @Nullable String token() {
    return token;
  }

  /** The file for the result. */
  public @Nullable Path json() {
    return json;
  }

  /** The server's process on this machine, whose CPU time and memory are read. */
  @Nullable Long pid() {
    return pid;
  }

  /** Reads {@code 500ms}, {@code 10s}, {@code 2m}, and a plain number as seconds. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = DURATION.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException(value + " (expected: such as 500ms, 10s or 2m)");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofSeconds(number);
      };
    }
  }

  /** Reads an address with the scheme http and a host. */
  public static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        URI url = URI.create(value);
        if ("http".equals(url.getScheme()) && url.getHost() != null) {
          return url;
        }
      } catch (IllegalArgumentException malformed) {
        throw refused(value);
      }
      throw refused(value);
    }

    private static TypeConversionException refused(String value) {
      return new TypeConversionException(value + " (expected: http://host:port)");
    }
  }
}
