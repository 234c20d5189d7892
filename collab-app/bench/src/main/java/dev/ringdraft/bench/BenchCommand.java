package dev.ringdraft.bench;

import dev.ringdraft.bench.check.BenchException;
import dev.ringdraft.bench.load.BenchOptions;
import dev.ringdraft.bench.load.Session;
import dev.ringdraft.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code ringdraft bench}: puts load on a server, checks what subscribers receive, and
 * prints the figures. Progress goes to standard error once a second, the result to standard output.
 *
 * <p>Exit codes: 0 without a fault, 1 for a fault or a bench that could not run, 2 for options that
 * can't be meant.
 */
@Command(
    name = "bench",
    description =
        "Put load on a server, and check that each subscriber gets all events once and in order.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private BenchOptions options = new BenchOptions();

  private BenchCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(execute(List.of(arguments), System.out, System.err));
  }

  /** Runs a bench to its end and returns the exit code. Blocks. */
  public static int execute(List<String> arguments, PrintStream out, PrintStream err) {
    return commandLine(out, err)
        .setParameterExceptionHandler(
            (misused, given) -> {
              complain(err, misused.getMessage() + " (see --help)");
              return CommandLine.ExitCode.USAGE;
            })
        .execute(arguments.toArray(String[]::new));
  }

  /** The command by itself, or to be added to a program's. */
  public static CommandLine commandLine(PrintStream out, PrintStream err) {
    return new CommandLine(new BenchCommand(out, err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(out))
        .setErr(writer(err));
  }

  @Override
  public Integer call() {
    options.validate();
    try {
      return measure() ? CommandLine.ExitCode.OK : FAILED;
    } catch (BenchException stopped) {
      complain(err, stopped.getMessage());
    } catch (IOException broken) {
      complain(err, "the bench stopped: " + broken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      complain(err, "interrupted");
    }
    return FAILED;
  }

  private boolean measure() throws IOException, InterruptedException {
    try (Session session = Session.open(options, err)) {
      Report report = session.measure();
      if (session.problem() != null) {
        complain(err, session.problem());
      }
      out.print(report.table());
      out.flush();
      if (options.json() != null) {
        Files.writeString(options.json(), report.json() + "\n");
      }
      return report.isClean();
    }
  }

  private static void complain(PrintStream err, @Nullable String message) {
    err.println("ringdraft: bench: " + String.valueOf(message).replaceAll("\\s+", " "));
    err.flush();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
