package dev.ringdraft.app.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bench, from the drafts to the table: seats the viewers, lets time pass under load or idle, once
 * or several times, and adds up. Progress goes to standard error once a second, the result to
 * standard output.
 */
public final class Bench {
  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;

  private Bench(BenchOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it; true when every viewer got everything once and in order, and nobody was refused.
   *
   * @throws BenchException when it can't be run, or not to its end
   */
  public static boolean run(BenchOptions options, PrintStream out, PrintStream err) {
    try {
      return new Bench(options, out, err).run();
    } catch (IOException broken) {
      throw new BenchException("the bench stopped: " + broken.getMessage(), broken);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchException("told to stop", told);
    }
  }

  private boolean run() throws IOException, InterruptedException {
    OpenFiles.refuseMoreThanAllowed(
        options.viewers() + Math.min(options.drafts(), AppendLoop.CONNECTIONS));
    Long pid = options.pid();
    ServerProcess server = pid == null ? null : new ServerProcess(pid);
    List<List<Seat>> seats = Stage.set(options);
    Meter meter = new Meter(err, server);
    try (Sitting sitting = new Sitting(options, seats, meter)) {
      Connects connects = sitting.connect();
      List<Measured> runs = new ArrayList<>();
      for (int i = 0; i < options.runs(); i++) {
        Duration idle = options.idle();
        // Whoever has just been under load is warm.
        Duration warmUp = i == 0 ? options.warmUp() : Duration.ZERO;
        runs.add(idle != null ? sitting.idle(idle) : sitting.load(warmUp));
      }
      return report(sitting.end(connects, runs), sitting.problem());
    }
  }

  private boolean report(Figures figures, @Nullable String problem) throws IOException {
    if (problem != null) {
      err.println("ringdraft: bench: " + problem);
      err.flush();
    }
    out.print(figures.table());
    out.flush();
    if (options.json() != null) {
      Files.writeString(options.json(), figures.json() + "\n");
    }
    return figures.isClean();
  }
}
