package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;

/**
 * What went through.
 *
 * @param append from when it was due to its 201
 * @param refusals of appends
 * @param delivery from when its append was due until a viewer had read it
 */
record Load(
    double appendsPerSecond,
    Times append,
    Refusals refusals,
    double deliveriesPerSecond,
    Times delivery) {
  static Load of(Rank rank, List<Load> runs) {
    return new Load(
        rank.of(runs, Load::appendsPerSecond),
        Times.of(rank, runs.stream().map(Load::append).toList()),
        Refusals.sum(runs.stream().map(Load::refusals).toList()),
        rank.of(runs, Load::deliveriesPerSecond),
        Times.of(rank, runs.stream().map(Load::delivery).toList()));
  }

  void write(JsonWriter json) {
    json.member("appends_per_second", Math.round(appendsPerSecond));
    append.write(json, "append");
    refusals.write(json, "appends_refused_by_status");
    json.member("deliveries_per_second", Math.round(deliveriesPerSecond));
    delivery.write(json, "delivery");
  }
}
