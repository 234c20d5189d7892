package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Throughput and latency of appends and deliveries.
 *
 * @param append from the time at which an append was due to its 201
 * @param refusals of appends
 * @param delivery from the time at which its append was due until a subscriber had read it
 */
public record LoadStats(
    double appendsPerSecond,
    LatencySummary append,
    StatusCounts refusals,
    double deliveriesPerSecond,
    LatencySummary delivery) {
  static LoadStats of(Quantile quantile, List<LoadStats> runs) {
    return new LoadStats(
        quantile.of(runs, LoadStats::appendsPerSecond),
        LatencySummary.of(quantile, runs.stream().map(LoadStats::append).toList()),
        StatusCounts.sum(runs.stream().map(LoadStats::refusals).toList()),
        quantile.of(runs, LoadStats::deliveriesPerSecond),
        LatencySummary.of(quantile, runs.stream().map(LoadStats::delivery).toList()));
  }

  void write(ObjectNode json) {
    json.put("appends_per_second", Math.round(appendsPerSecond));
    append.write(json, "append");
    refusals.write(json, "appends_refused_by_status");
    json.put("deliveries_per_second", Math.round(deliveriesPerSecond));
    delivery.write(json, "delivery");
  }
}
