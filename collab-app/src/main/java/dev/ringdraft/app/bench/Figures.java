package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run has measured.
 *
 * @param reconnects when everybody dropped and came back
 * @param load what was appended and delivered; none of an idle run
 * @param closes connections that the server ended, by code; 0 = without one
 * @param machine what the server used, when its process is known
 */
record Figures(
    int drafts,
    int viewers,
    Transport transport,
    Connects connects,
    @Nullable Connects reconnects,
    @Nullable Load load,
    SortedMap<Integer, Integer> closes,
    int stalled,
    int stalledClosed,
    @Nullable Machine machine) {
  Figures {
    closes = new TreeMap<>(closes);
  }

  /** How long something took, in microseconds. */
  record Times(long count, long p50, long p90, long p99, long max) {
    static Times of(Histogram micros) {
      return new Times(
          micros.getTotalCount(),
          micros.getValueAtPercentile(50),
          micros.getValueAtPercentile(90),
          micros.getValueAtPercentile(99),
          micros.getMaxValue());
    }

    String line() {
      return "p50 %s  p90 %s  p99 %s  max %s"
          .formatted(millis(p50), millis(p90), millis(p99), millis(max));
    }

    void write(JsonWriter json, String name) {
      json.beginObject(name)
          .member("count", count)
          .member("p50_us", p50)
          .member("p90_us", p90)
          .member("p99_us", p99)
          .member("max_us", max)
          .endObject();
    }

    private static String millis(long micros) {
      return String.format(Locale.ROOT, "%,.1f ms", micros / 1e3);
    }
  }

  /** How viewers were let in. */
  record Connects(int opened, double perSecond, Times times, SortedMap<Integer, Integer> refusals) {
    Connects {
      refusals = new TreeMap<>(refusals);
    }

    void write(JsonWriter json, String name) {
      json.beginObject(name).member("opened", opened).member("per_second", Math.round(perSecond));
      times.write(json, "time");
      Figures.write(json, "refused_by_status", refusals);
      json.endObject();
    }
  }

  /** What went through. */
  record Load(
      double appendsPerSecond,
      Times append,
      SortedMap<Integer, Integer> refusals,
      double deliveriesPerSecond,
      Times delivery,
      long lost,
      long doubled,
      long disordered) {
    Load {
      refusals = new TreeMap<>(refusals);
    }
  }

  /**
   * What the server used.
   *
   * @param cpuSecondsPerMillion of deliveries; NaN without any
   * @param residentBytesBefore the connections
   */
  record Machine(
      double cpuSeconds,
      double cpuSecondsPerMillion,
      long residentBytesBefore,
      long residentBytes,
      int connections) {
    long residentBytesPerConnection() {
      return connections == 0 ? 0 : (residentBytes - residentBytesBefore) / connections;
    }
  }

  /** Whether each viewer got everything once and in order, and nobody was refused. */
  boolean isClean() {
    return connects.refusals().isEmpty()
        && (reconnects == null || reconnects.refusals().isEmpty())
        && (load == null
            || (load.refusals().isEmpty()
                && load.lost() == 0
                && load.doubled() == 0
                && load.disordered() == 0))
        && closes.isEmpty();
  }

  /** For people. */
  String table() {
    StringBuilder text = new StringBuilder(1_000);
    row(text, "viewers", "%,d in %,d drafts by %s".formatted(viewers, drafts, transport.word()));
    row(text, "connects", line(connects));
    if (reconnects != null) {
      row(text, "reconnects", line(reconnects));
    }
    if (load != null) {
      row(text, "appends", rate(load.appendsPerSecond()) + refused(load.refusals()));
      row(text, "  due → 201", load.append().line());
      row(
          text,
          "deliveries",
          rate(load.deliveriesPerSecond()) + "  (%,d)".formatted(load.delivery().count()));
      row(text, "  due → read", load.delivery().line());
      row(
          text,
          "faults",
          "%,d lost, %,d doubled, %,d out of order"
              .formatted(load.lost(), load.doubled(), load.disordered()));
    }
    if (!closes.isEmpty()) {
      row(text, "ended by server", byCode(closes));
    }
    if (stalled > 0) {
      row(
          text,
          "stalled",
          "%,d, of which the server let go of %,d".formatted(stalled, stalledClosed));
    }
    if (machine != null) {
      row(text, "server CPU", cpu(machine));
      row(text, "server RSS", resident(machine));
    }
    return text.toString();
  }

  private static String line(Connects connects) {
    return "%,d at %s%s  %s"
        .formatted(
            connects.opened(),
            rate(connects.perSecond()),
            refused(connects.refusals()),
            connects.times().line());
  }

  private static String cpu(Machine machine) {
    String all = String.format(Locale.ROOT, "%.2f s", machine.cpuSeconds());
    return Double.isNaN(machine.cpuSecondsPerMillion())
        ? all
        : all
            + String.format(
                Locale.ROOT, ", %.2f s a million deliveries", machine.cpuSecondsPerMillion());
  }

  private static String resident(Machine machine) {
    return "%,d MiB, %,d bytes a connection more than before them"
        .formatted(machine.residentBytes() >> 20, machine.residentBytesPerConnection());
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%,.1f/s" : "%,.0f/s", perSecond);
  }

  private static String refused(SortedMap<Integer, Integer> refusals) {
    return refusals.isEmpty() ? "" : "  (refused: %s)".formatted(byCode(refusals));
  }

  private static String byCode(SortedMap<Integer, Integer> counts) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, Integer> each : counts.entrySet()) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(each.getKey() == 0 ? "without a word" : each.getKey().toString());
      text.append(" × ").append(each.getValue());
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-16s %s\n".formatted(name, value));
  }

  /** For programs: the same, in one object. */
  String json() {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("drafts", drafts)
        .member("viewers", viewers)
        .member("transport", transport.word())
        .member("clean", isClean());
    connects.write(json, "connects");
    if (reconnects != null) {
      reconnects.write(json, "reconnects");
    }
    if (load != null) {
      json.member("appends_per_second", Math.round(load.appendsPerSecond()));
      load.append().write(json, "append");
      write(json, "appends_refused_by_status", load.refusals());
      json.member("deliveries_per_second", Math.round(load.deliveriesPerSecond()));
      load.delivery().write(json, "delivery");
      json.member("lost", load.lost())
          .member("doubled", load.doubled())
          .member("out_of_order", load.disordered());
    }
    write(json, "closed_by_code", closes);
    json.member("stalled", stalled).member("stalled_closed", stalledClosed);
    if (machine != null) {
      json.beginObject("server")
          .member("cpu_ms", Math.round(machine.cpuSeconds() * 1e3))
          .member("cpu_ms_per_million_deliveries", Math.round(machine.cpuSecondsPerMillion() * 1e3))
          .member("rss_bytes", machine.residentBytes())
          .member("rss_bytes_before", machine.residentBytesBefore())
          .member("rss_bytes_per_connection", machine.residentBytesPerConnection())
          .endObject();
    }
    return json.endObject().toString();
  }

  private static void write(JsonWriter json, String name, SortedMap<Integer, Integer> counts) {
    json.beginObject(name);
    counts.forEach((code, count) -> json.member(code.toString(), count));
    json.endObject();
  }
}
