package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;

/**
 * What the server used.
 *
 * @param cpuSecondsPerMillion of deliveries; NaN without any
 * @param residentBytesPerConnection more at last than before the connections
 */
record Machine(
    double cpuSeconds,
    double cpuSecondsPerMillion,
    Resident resident,
    long residentBytesPerConnection) {
  static Machine of(Rank rank, List<Machine> runs) {
    return new Machine(
        rank.of(runs, Machine::cpuSeconds),
        rank.of(runs, Machine::cpuSecondsPerMillion),
        Resident.of(rank, runs.stream().map(Machine::resident).toList()),
        rank.whole(runs, Machine::residentBytesPerConnection));
  }

  void write(JsonWriter json, String name) {
    json.beginObject(name)
        .member("cpu_ms", Math.round(cpuSeconds * 1e3))
        .member("cpu_ms_per_million_deliveries", Math.round(cpuSecondsPerMillion * 1e3))
        .member("rss_bytes_first", resident.first())
        .member("rss_bytes_last", resident.last())
        .member("rss_bytes_max", resident.most())
        .member("rss_bytes_per_connection", residentBytesPerConnection)
        .endObject();
  }
}
