package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;
import org.HdrHistogram.Histogram;

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

  static Times of(Rank rank, List<Times> runs) {
    return new Times(
        rank.whole(runs, Times::count),
        rank.whole(runs, Times::p50),
        rank.whole(runs, Times::p90),
        rank.whole(runs, Times::p99),
        rank.whole(runs, Times::max));
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
}
