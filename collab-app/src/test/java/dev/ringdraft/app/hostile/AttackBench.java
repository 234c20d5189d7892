package dev.ringdraft.app.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import dev.ringdraft.bench.BenchCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What honest users feel of each attack: the program's own bench, first alone and then beside each,
 * on one server. Prints a table; fails when an honest viewer lost an event or got one twice.
 *
 * <p>The system property {@code ringdraft.program} names the launcher. Arguments, all of them
 * optional: the seconds that are measured for each attack (10), the attacks (all).
 */
public final class AttackBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORTS = 1_000;
  private static final Pattern TIME_WAIT = Pattern.compile("TCP: .* tw (\\d+)");

  private final String url;
  private final long pid;
  private final String seconds;
  private final Path result;

  private AttackBench(String url, long pid, String seconds, Path result) {
    this.url = url;
    this.pid = pid;
    this.seconds = seconds;
    this.result = result;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("siege");
    try (Program program =
        Program.start(folder, Map.of("RINGDRAFT_JAVA_OPTIONS", "-Xmx512m"), "--http.port=0")) {
      AttackBench siege =
          new AttackBench(
              program.url(),
              program.pid(),
              arguments.length < 1 ? "10" : arguments[0],
              folder.resolve("bench.json"));
      System.out.printf(
          "%-34s %10s %12s %14s %6s %8s%n",
          "attack", "strikes/s", "append p99", "delivery p99", "clean", "RSS MiB");
      boolean clean = true;
      // The first finds cold code, and counts for nothing.
      siege.beside(Attack.NONE);
      for (Attack attack : attacks(arguments)) {
        clean &= siege.show(attack);
      }
      clean &= siege.show(Attack.NONE);
      if (!clean) {
        throw new IllegalStateException("an honest user lost something");
      }
    }
  }

  private static List<Attack> attacks(String[] arguments) {
    return arguments.length < 2
        ? List.of(Attack.values())
        : Stream.of(arguments).skip(1).map(Attack::valueOf).toList();
  }

  /** What a bench measured beside an attack. */
  private record Outcome(JsonNode figures, double strikesPerSecond) {
    double millis(String what) {
      return figures.requiredAt("/median/" + what + "/p99_us").asDouble() / 1e3;
    }

    boolean clean() {
      return figures.required("clean").asBoolean();
    }

    long memoryMebibytes() {
      return figures.requiredAt("/median/server/rss_bytes_last").asLong() >> 20;
    }
  }

  private boolean show(Attack attack) throws IOException, InterruptedException {
    Outcome outcome = beside(attack);
    System.out.printf(
        Locale.ROOT,
        "%-34s %10.0f %9.1f ms %11.1f ms %6s %8d%n",
        attack.words(),
        outcome.strikesPerSecond(),
        outcome.millis("append"),
        outcome.millis("delivery"),
        outcome.clean() ? "yes" : "NO",
        outcome.memoryMebibytes());
    return outcome.clean();
  }

  private Outcome beside(Attack attack) throws IOException, InterruptedException {
    awaitPorts();
    AtomicLong strikes = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    long began = System.nanoTime();
    try (ExecutorService attackers = Executors.newCachedThreadPool();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false)) {
      List<Future<Void>> struck = new ArrayList<>();
      for (int i = 0; i < attack.threads(); i++) {
        struck.add(attackers.submit(() -> strike(attack, strikes, over)));
      }
      try {
        BenchCommand.execute(
            List.of(
                "--url=" + url,
                "--drafts=5",
                "--viewers-per-draft=10",
                "--rate=20",
                "--connect-rate=25",
                "--duration=" + seconds + "s",
                "--warm-up=2s",
                "--json=" + result,
                "--pid=" + pid),
            nowhere,
            nowhere);
      } finally {
        over.set(true);
      }
      for (Future<Void> attacker : struck) {
        attacker.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(attack + " is none", failed);
    }
    double lasted = (System.nanoTime() - began) / 1e9;
    return new Outcome(JSON.readTree(Files.readString(result)), strikes.get() / lasted);
  }

  /** Waits until the machine has given back the ports of the attack before. */
  private static void awaitPorts() throws IOException, InterruptedException {
    while (waitingPorts() > PORTS) {
      Thread.sleep(500);
    }
  }

  /** How many ports of ended connections are kept a minute for what may still be on its way. */
  private static int waitingPorts() throws IOException {
    Matcher waiting = TIME_WAIT.matcher(Files.readString(Path.of("/proc/net/sockstat")));
    return waiting.find() ? Integer.parseInt(waiting.group(1)) : 0;
  }

  private @Nullable Void strike(Attack attack, AtomicLong strikes, AtomicBoolean over)
      throws IOException {
    long every = TimeUnit.SECONDS.toNanos(attack.threads()) / attack.mostPerSecond();
    long due = System.nanoTime();
    try (Attack.Target target = new Attack.Target(URI.create(url).getPort(), strikes)) {
      while (!over.get()) {
        try {
          attack.strike(target);
        } catch (IOException turnedAway) {
          // As it should be; the next one.
        }
        // Whoever is late does not make up for it.
        due = Math.max(due + every, System.nanoTime());
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    return null;
  }
}
