package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import dev.ringdraft.wire.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a bench has measured.
 *
 * @param connects at the beginning
 * @param runs one or more
 * @param faults of all runs; none of idle ones
 * @param closes connections that the server ended, by code
 */
record Figures(
    int drafts,
    int viewers,
    Transport transport,
    Connects connects,
    List<Measured> runs,
    Run.Faults faults,
    Refusals closes,
    int stalled,
    int stalledClosed) {
  Figures {
    runs = List.copyOf(runs);
  }

  /** Whether each viewer got everything once and in order, and nobody was refused. */
  boolean isClean() {
    return connects.refusals().isEmpty()
        && runs.stream().allMatch(Measured::isClean)
        && faults.none()
        && closes.isEmpty();
  }

  /** For people; of several runs the least, the median and the most of each figure. */
  String table() {
    StringBuilder text = new StringBuilder(1_000);
    row(text, "viewers", "%,d in %,d drafts by %s".formatted(viewers, drafts, transport.word()));
    if (runs.size() > 1) {
      row(text, "runs", "%,d, of each figure min / median / max".formatted(runs.size()));
    }
    connects(text, "connects", List.of(connects));
    connects(text, "reconnects", shown(Measured::reconnects));
    connects(text, "came back", shown(Measured::churn));
    load(text, shown(Measured::load));
    if (!closes.isEmpty()) {
      row(text, "ended by server", closes.toString());
    }
    if (stalled > 0) {
      row(
          text,
          "stalled",
          "%,d, of which the server let go of %,d".formatted(stalled, stalledClosed));
    }
    machine(text, shown(Measured::machine));
    return text.toString();
  }

  private <T> List<T> shown(Function<Measured, @Nullable T> part) {
    return Measured.parts(runs.size() == 1 ? runs : ranked(), part);
  }

  private List<Measured> ranked() {
    return Arrays.stream(Rank.values()).map(rank -> Measured.of(rank, runs)).toList();
  }

  private static void connects(StringBuilder text, String name, List<Connects> each) {
    if (!each.isEmpty()) {
      row(
          text,
          name,
          "%s at %s/s%s  %s"
              .formatted(
                  spread(each, one -> "%,d".formatted(one.opened())),
                  rates(each, Connects::perSecond),
                  refused(each.getFirst().refusals()),
                  times(each, Connects::times)));
    }
  }

  private void load(StringBuilder text, List<Load> each) {
    if (!each.isEmpty()) {
      row(
          text,
          "appends",
          rates(each, Load::appendsPerSecond) + "/s" + refused(each.getFirst().refusals()));
      row(text, "  due → 201", times(each, Load::append));
      row(
          text,
          "deliveries",
          "%s/s  (%s)"
              .formatted(
                  rates(each, Load::deliveriesPerSecond),
                  spread(each, one -> "%,d".formatted(one.delivery().count()))));
      row(text, "  due → read", times(each, Load::delivery));
      row(text, "faults", faults.toString());
    }
  }

  private static void machine(StringBuilder text, List<Machine> each) {
    if (!each.isEmpty()) {
      String cpu = decimals(each, Machine::cpuSeconds) + " s";
      boolean delivered = !Double.isNaN(each.getFirst().cpuSecondsPerMillion());
      row(
          text,
          "server CPU",
          delivered
              ? "%s, %s s a million deliveries"
                  .formatted(cpu, decimals(each, Machine::cpuSecondsPerMillion))
              : cpu);
      row(
          text,
          "server RSS",
          "%s MiB at first, %s at last, %s at most; %s bytes a connection more than before them"
              .formatted(
                  mebibytes(each, machine -> machine.resident().first()),
                  mebibytes(each, machine -> machine.resident().last()),
                  mebibytes(each, machine -> machine.resident().most()),
                  spread(each, machine -> "%,d".formatted(machine.residentBytesPerConnection()))));
    }
  }

  private static <T> String times(List<T> each, Function<T, Times> times) {
    List<Times> all = each.stream().map(times).toList();
    return "p50 %s ms  p90 %s ms  p99 %s ms  max %s ms"
        .formatted(
            millis(all, Times::p50),
            millis(all, Times::p90),
            millis(all, Times::p99),
            millis(all, Times::max));
  }

  private static String millis(List<Times> each, ToLongFunction<Times> micros) {
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

  private static String mebibytes(List<Machine> each, ToLongFunction<Machine> bytes) {
    return spread(each, machine -> "%,d".formatted(bytes.applyAsLong(machine) >> 20));
  }

  private static <T> String spread(List<T> each, Function<T, String> figure) {
    return each.stream().map(figure).collect(Collectors.joining(" / "));
  }

  private static String refused(Refusals refusals) {
    return refusals.isEmpty() ? "" : "  (refused: %s)".formatted(refusals);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-16s %s\n".formatted(name, value));
  }

  /** For programs: the same in one object, with every run beside what all of them come to. */
  String json() {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("drafts", drafts)
        .member("viewers", viewers)
        .member("transport", transport.word())
        .member("clean", isClean());
    connects.write(json, "connects");
    json.beginArray("runs");
    for (Measured run : runs) {
      json.beginObject();
      run.write(json);
      json.endObject();
    }
    json.endArray();
    for (Rank rank : Rank.values()) {
      json.beginObject(WireName.of(rank));
      Measured.of(rank, runs).write(json);
      json.endObject();
    }
    json.member("lost", faults.lost())
        .member("doubled", faults.doubled())
        .member("out_of_order", faults.disordered());
    closes.write(json, "closed_by_code");
    json.member("stalled", stalled).member("stalled_closed", stalledClosed);
    return json.endObject().toString();
  }
}
