package dev.ringdraft.bench.history;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.load.BenchOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code ringdraft check-history}: real clients write and watch, and what they saw is
 * checked against the promises of the server. Disturb the servers meanwhile.
 *
 * <p>Exit codes: 0 if all promises were kept, 1 if not or if no server answers, 2 for options that
 * can't be meant.
 */
@Command(
    name = HistoryCommand.NAME,
    description = {
      "Write and watch drafts on servers in development mode, and check the history:",
      "no acknowledged command lost or doubled, one holder, each event once and in order."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class HistoryCommand implements Callable<Integer> {
  public static final String NAME = "check-history";

  private static final int SHOWN = 20;
  private static final int MOST = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = BenchOptions.UrlConverter.class,
      defaultValue = "http://127.0.0.1:8080",
      description = "a server; given again, a further one of the same database")
  private List<URI> urls = List.of();

  @Option(names = "--drafts", paramLabel = "COUNT", description = "drafts, created for the run")
  private int drafts = 4;

  @Option(
      names = "--members",
      paramLabel = "COUNT",
      description = "members of each draft, who all write")
  private int members = 3;

  @Option(
      names = "--subscribers",
      paramLabel = "COUNT",
      description = "subscribers of each draft by each of WebSocket, SSE and polls")
  private int subscribers = 2;

  @Option(names = "--seconds", paramLabel = "COUNT", description = "how long the members write")
  private int seconds = 30;

  @Override
  public Integer call() throws InterruptedException {
    inRange("drafts", drafts, 1);
    inRange("members", members, 2);
    inRange("subscribers", subscribers, 0);
    inRange("seconds", seconds, 1);
    PrintWriter out = spec.commandLine().getOut();
    HistoryRun.Size size = new HistoryRun.Size(drafts, members, subscribers);
    try (HistoryRun run = HistoryRun.prepare(urls, size)) {
      HistoryReport report = run.check(Duration.ofSeconds(seconds));
      out.print(report.table());
      report.violations().stream().limit(SHOWN).forEach(out::println);
      out.flush();
      return report.violations().isEmpty() ? CommandLine.ExitCode.OK : 1;
    } catch (BenchException stopped) {
      spec.commandLine()
          .getErr()
          .println("ringdraft: %s: %s".formatted(NAME, stopped.getMessage()));
      return 1;
    }
  }

  private void inRange(String name, int value, int least) {
    if (value < least || value > MOST) {
      throw new ParameterException(
          spec.commandLine(), "%s: %d (expected: %d..%d)".formatted(name, value, least, MOST));
    }
  }
}
