package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Connects of subscribers: how many succeeded, how fast, and how many were refused.
 *
 * @param times from a connect to the first frame or response
 */
public record ConnectStats(
    long opened, double perSecond, LatencySummary times, StatusCounts refusals) {
  static ConnectStats of(Quantile quantile, List<ConnectStats> runs) {
    return new ConnectStats(
        quantile.whole(runs, ConnectStats::opened),
        quantile.of(runs, ConnectStats::perSecond),
        LatencySummary.of(quantile, runs.stream().map(ConnectStats::times).toList()),
        StatusCounts.sum(runs.stream().map(ConnectStats::refusals).toList()));
  }

  void write(ObjectNode json, String name) {
    ObjectNode connects = json.putObject(name);
    connects.put("opened", opened).put("per_second", Math.round(perSecond));
    times.write(connects, "time");
    refusals.write(connects, "refused_by_status");
  }
}
