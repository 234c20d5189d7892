package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;

/** How viewers were let in. */
record Connects(long opened, double perSecond, Times times, Refusals refusals) {
  static Connects of(Rank rank, List<Connects> runs) {
    return new Connects(
        rank.whole(runs, Connects::opened),
        rank.of(runs, Connects::perSecond),
        Times.of(rank, runs.stream().map(Connects::times).toList()),
        Refusals.sum(runs.stream().map(Connects::refusals).toList()));
  }

  void write(JsonWriter json, String name) {
    json.beginObject(name).member("opened", opened).member("per_second", Math.round(perSecond));
    times.write(json, "time");
    refusals.write(json, "refused_by_status");
    json.endObject();
  }
}
