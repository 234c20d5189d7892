package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * CPU time and memory that the server used.
 *
 * @param cpuSecondsPerMillion of deliveries; NaN without any
 * @param residentBytesPerConnection growth since before the connections, per connection
 */
public record ServerUsage(
    double cpuSeconds,
    double cpuSecondsPerMillion,
    ResidentMemory resident,
    long residentBytesPerConnection) {
  static ServerUsage of(Quantile quantile, List<ServerUsage> runs) {
    return new ServerUsage(
        quantile.of(runs, ServerUsage::cpuSeconds),
        quantile.of(runs, ServerUsage::cpuSecondsPerMillion),
        ResidentMemory.of(quantile, runs.stream().map(ServerUsage::resident).toList()),
        quantile.whole(runs, ServerUsage::residentBytesPerConnection));
  }

  void write(ObjectNode json, String name) {
    json.putObject(name)
        .put("cpu_ms", Math.round(cpuSeconds * 1e3))
        .put("cpu_ms_per_million_deliveries", Math.round(cpuSecondsPerMillion * 1e3))
        .put("rss_bytes_first", resident.first())
        .put("rss_bytes_last", resident.last())
        .put("rss_bytes_max", resident.most())
        .put("rss_bytes_per_connection", residentBytesPerConnection);
  }
}
