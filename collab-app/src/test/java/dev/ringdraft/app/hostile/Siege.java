package dev.ringdraft.app.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringdraft.app.Program;
import dev.ringdraft.app.bench.Bench;
import dev.ringdraft.app.bench.BenchOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What honest users feel of each attack: the program's own bench, first alone and then beside each,
 * on one server. Prints a table; fails when an honest viewer lost an event or got one twice.
 *
 * <p>The system property {@code ringdraft.program} names the launcher; an argument, the seconds
 * that are measured for each attack (10).
 */
public final class Siege {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final long pid;
  private final String seconds;
  private final Path result;

  private Siege(String url, long pid, String seconds, Path result) {
    this.url = url;
    this.pid = pid;
    this.seconds = seconds;
    this.result = result;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("siege");
    try (Program program =
        Program.start(folder, Map.of("RINGDRAFT_JAVA_OPTIONS", "-Xmx512m"), "--http.port=0")) {
      Siege siege =
          new Siege(
              program.url(),
              program.pid(),
              arguments.length == 0 ? "10" : arguments[0],
              folder.resolve("bench.json"));
      System.out.printf(
          "%-34s %10s %12s %14s %6s %8s%n",
          "attack", "strikes/s", "append p99", "delivery p99", "clean", "RSS MiB");
      boolean clean = true;
      // The first finds cold code, and counts for nothing.
      siege.beside(Attack.NONE);
      for (Attack attack : Attack.values()) {
        clean &= siege.show(attack);
      }
      clean &= siege.show(Attack.NONE);
      if (!clean) {
        throw new IllegalStateException("an honest user lost something");
      }
    }
  }

  /** What a bench measured beside an attack. */
  private record Outcome(JsonNode figures, double strikesPerSecond) {
    double millis(String what) {
      return figures.path("median").path(what).path("p99_us").asDouble() / 1e3;
    }
  }

  private boolean show(Attack attack) throws IOException, InterruptedException {
    Outcome outcome = beside(attack);
    boolean clean = outcome.figures().path("clean").asBoolean();
    System.out.printf(
        Locale.ROOT,
        "%-34s %10.0f %9.1f ms %11.1f ms %6s %8d%n",
        attack.words(),
        outcome.strikesPerSecond(),
        outcome.millis("append"),
        outcome.millis("delivery"),
        clean ? "yes" : "NO",
        outcome.figures().path("median").path("server").path("rss_bytes_last").asLong() >> 20);
    return clean;
  }

  private Outcome beside(Attack attack) throws IOException, InterruptedException {
    AtomicLong strikes = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(attack.threads());
    long began = System.nanoTime();
    for (int i = 0; i < attack.threads(); i++) {
      Thread.ofPlatform().daemon().start(() -> strikeOn(attack, strikes, over, ended));
    }
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false)) {
      Bench.run(
          BenchOptions.read(
              List.of(
                  "--url=" + url,
                  "--drafts=5",
                  "--viewers-per-draft=10",
                  "--rate=20",
                  "--connect-rate=25",
                  "--duration=" + seconds + "s",
                  "--warm-up=2s",
                  "--json=" + result,
                  "--pid=" + pid)),
          nowhere,
          nowhere);
    } finally {
      over.set(true);
    }
    ended.await();
    double lasted = (System.nanoTime() - began) / 1e9;
    return new Outcome(JSON.readTree(Files.readString(result)), strikes.get() / lasted);
  }

  private void strikeOn(
      Attack attack, AtomicLong strikes, AtomicBoolean over, CountDownLatch ended) {
    try (Attack.Target target = new Attack.Target(URI.create(url).getPort(), strikes)) {
      while (!over.get()) {
        try {
          attack.strike(target);
        } catch (IOException turnedAway) {
          // As it should be; the next one.
        }
      }
    } catch (IOException lost) {
      throw new AssertionError(lost);
    } finally {
      ended.countDown();
    }
  }
}
