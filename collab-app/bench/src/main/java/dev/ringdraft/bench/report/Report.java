package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringdraft.bench.check.SequenceCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a bench.
 *
 * @param scale drafts and subscribers
 * @param connects of the start
 * @param runs one or more
 * @param checks faults and ended connections over all runs
 */
public record Report(Scale scale, ConnectStats connects, List<RunResult> runs, Checks checks) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The drafts and their subscribers.
   *
   * @param viewers subscribers of all drafts
   * @param transport {@code ws}, {@code sse} or {@code poll}
   */
  public record Scale(int drafts, int viewers, String transport) {}

  /**
   * The results of the checks over all runs.
   *
   * @param faults none in idle runs
   * @param closes connections that the server ended, by close code
   * @param stalled subscribers that stopped reading
   * @param stalledClosed those of them whose connection the server closed
   */
  public record Checks(
      SequenceCheck.Faults faults, StatusCounts closes, int stalled, int stalledClosed) {
    boolean isClean() {
      return faults.none() && closes.isEmpty();
    }
  }

  public Report {
    runs = List.copyOf(runs);
  }

  /**
   * Whether each subscriber received every event once and in order, and the server refused nothing.
   */
  public boolean isClean() {
    return connects.refusals().isEmpty()
        && runs.stream().allMatch(RunResult::isClean)
        && checks.isClean();
  }

  /** A table for people; of several runs it has minimum, median and maximum of each figure. */
  public String table() {
    StringBuilder text = new StringBuilder(1_000);
    row(
        text,
        "viewers",
        "%,d in %,d drafts by %s".formatted(scale.viewers(), scale.drafts(), scale.transport()));
    if (runs.size() > 1) {
      row(text, "runs", "%,d, of each figure min / median / max".formatted(runs.size()));
    }
    connects(text, "connects", List.of(connects));
    connects(text, "reconnects", shown(RunResult::reconnects));
    connects(text, "came back", shown(RunResult::churn));
    load(text, shown(RunResult::load));
    if (!checks.closes().isEmpty()) {
      row(text, "ended by server", checks.closes().toString());
    }
    if (checks.stalled() > 0) {
      row(
          text,
          "stalled",
          "%,d, of which the server let go of %,d"
              .formatted(checks.stalled(), checks.stalledClosed()));
    }
    server(text, shown(RunResult::server));
    return text.toString();
  }

  private <T> List<T> shown(Function<RunResult, @Nullable T> part) {
    return RunResult.parts(runs.size() == 1 ? runs : quantiles(), part);
  }

  private List<RunResult> quantiles() {
    return Arrays.stream(Quantile.values()).map(each -> RunResult.of(each, runs)).toList();
  }

  private static void connects(StringBuilder text, String name, List<ConnectStats> each) {
    if (!each.isEmpty()) {
      row(
          text,
          name,
          "%s at %s/s%s  %s"
              .formatted(
                  spread(each, one -> "%,d".formatted(one.opened())),
                  rates(each, ConnectStats::perSecond),
                  refused(each.getFirst().refusals()),
                  times(each, ConnectStats::times)));
    }
  }

  private void load(StringBuilder text, List<LoadStats> each) {
    if (!each.isEmpty()) {
      row(
          text,
          "appends",
          rates(each, LoadStats::appendsPerSecond) + "/s" + refused(each.getFirst().refusals()));
      row(text, "  due → 201", times(each, LoadStats::append));
      row(
          text,
          "deliveries",
          "%s/s  (%s)"
              .formatted(
                  rates(each, LoadStats::deliveriesPerSecond),
                  spread(each, one -> "%,d".formatted(one.delivery().count()))));
      row(text, "  due → read", times(each, LoadStats::delivery));
      row(text, "faults", checks.faults().toString());
    }
  }

  private static void server(StringBuilder text, List<ServerUsage> each) {
    if (!each.isEmpty()) {
      String cpu = decimals(each, ServerUsage::cpuSeconds) + " s";
      boolean delivered = !Double.isNaN(each.getFirst().cpuSecondsPerMillion());
      row(
          text,
          "server CPU",
          delivered
              ? "%s, %s s a million deliveries"
                  .formatted(cpu, decimals(each, ServerUsage::cpuSecondsPerMillion))
              : cpu);
      row(
          text,
          "server RSS",
          "%s MiB at first, %s at last, %s at most; %s bytes a connection more than before them"
              .formatted(
                  mebibytes(each, usage -> usage.resident().first()),
                  mebibytes(each, usage -> usage.resident().last()),
                  mebibytes(each, usage -> usage.resident().most()),
                  spread(each, usage -> "%,d".formatted(usage.residentBytesPerConnection()))));
    }
  }

  private static <T> String times(List<T> each, Function<T, LatencySummary> times) {
    List<LatencySummary> all = each.stream().map(times).toList();
    return "p50 %s ms  p90 %s ms  p99 %s ms  max %s ms"
        .formatted(
            millis(all, LatencySummary::p50),
            millis(all, LatencySummary::p90),
            millis(all, LatencySummary::p99),
            millis(all, LatencySummary::max));
  }

  private static String millis(List<LatencySummary> each, ToLongFunction<LatencySummary> micros) {
    return spread(
        each, times -> String.format(Locale.ROOT, "%,.1f", micros.applyAsLong(times) / 1e3));
  }

  private static <T> String rates(List<T> each, ToDoubleFunction<T> perSecond) {
    return spread(
        each,
        one -> {
          double rate = perSecond.applyAsDouble(one);
          return String.format(Locale.ROOT, rate < 100 ? "%,.1f" : "%,.0f", rate);
        });
  }

  private static <T> String decimals(List<T> each, ToDoubleFunction<T> figure) {
    return spread(each, one -> String.format(Locale.ROOT, "%.2f", figure.applyAsDouble(one)));
  }

  private static String mebibytes(List<ServerUsage> each, ToLongFunction<ServerUsage> bytes) {
    return spread(each, usage -> "%,d".formatted(bytes.applyAsLong(usage) >> 20));
  }

  private static <T> String spread(List<T> each, Function<T, String> figure) {
    return each.stream().map(figure).collect(Collectors.joining(" / "));
  }

  private static String refused(StatusCounts refusals) {
    return refusals.isEmpty() ? "" : "  (refused: %s)".formatted(refusals);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-16s %s\n".formatted(name, value));
  }

  /** The same as one JSON object, with every run and the quantiles over all runs. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("drafts", scale.drafts())
        .put("viewers", scale.viewers())
        .put("transport", scale.transport())
        .put("clean", isClean());
    connects.write(json, "connects");
    ArrayNode all = json.putArray("runs");
    runs.forEach(run -> run.write(all.addObject()));
    for (Quantile quantile : Quantile.values()) {
      RunResult.of(quantile, runs).write(json.putObject(quantile.name().toLowerCase(Locale.ROOT)));
    }
    json.put("lost", checks.faults().lost())
        .put("doubled", checks.faults().doubled())
        .put("out_of_order", checks.faults().disordered());
    checks.closes().write(json, "closed_by_code");
    json.put("stalled", checks.stalled()).put("stalled_closed", checks.stalledClosed());
    return json.toString();
  }
}
