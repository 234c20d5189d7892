package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Count, quantiles and maximum of a latency, in microseconds. */
public record LatencySummary(long count, long p50, long p90, long p99, long max) {
  public static LatencySummary of(Histogram micros) {
    return new LatencySummary(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(90),
        micros.getValueAtPercentile(99),
        micros.getMaxValue());
  }

  static LatencySummary of(Quantile quantile, List<LatencySummary> runs) {
    return new LatencySummary(
        quantile.whole(runs, LatencySummary::count),
        quantile.whole(runs, LatencySummary::p50),
        quantile.whole(runs, LatencySummary::p90),
        quantile.whole(runs, LatencySummary::p99),
        quantile.whole(runs, LatencySummary::max));
  }

  void write(ObjectNode json, String name) {
    json.putObject(name)
        .put("count", count)
        .put("p50_us", p50)
        .put("p90_us", p90)
        .put("p99_us", p99)
        .put("max_us", max);
  }
}
