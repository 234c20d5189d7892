package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run.
 *
 * @param reconnects if all subscribers dropped and reconnected
 * @param churn if subscribers dropped and reconnected one at a time
 * @param load appends and deliveries; null for an idle run
 * @param server what the server used; null if its process is not known
 */
public record RunResult(
    @Nullable ConnectStats reconnects,
    @Nullable ConnectStats churn,
    @Nullable LoadStats load,
    @Nullable ServerUsage server) {
  /** A run without any load. */
  public static RunResult idle(@Nullable ServerUsage server) {
    return new RunResult(null, null, null, server);
  }

  /** This quantile of each figure over all runs. */
  static RunResult of(Quantile quantile, List<RunResult> runs) {
    return new RunResult(
        reduced(runs, RunResult::reconnects, all -> ConnectStats.of(quantile, all)),
        reduced(runs, RunResult::churn, all -> ConnectStats.of(quantile, all)),
        reduced(runs, RunResult::load, all -> LoadStats.of(quantile, all)),
        reduced(runs, RunResult::server, all -> ServerUsage.of(quantile, all)));
  }

  private static <T> @Nullable T reduced(
      List<RunResult> runs, Function<RunResult, @Nullable T> part, Function<List<T>, T> reduction) {
    List<T> parts = parts(runs, part);
    return parts.isEmpty() ? null : reduction.apply(parts);
  }

  /** This part of each run that has it. */
  static <T> List<T> parts(List<RunResult> runs, Function<RunResult, @Nullable T> part) {
    return runs.stream().map(part).filter(Objects::nonNull).toList();
  }

  /** Whether the server refused no append and no connect. */
  boolean isClean() {
    return (reconnects == null || reconnects.refusals().isEmpty())
        && (churn == null || churn.refusals().isEmpty())
        && (load == null || load.refusals().isEmpty());
  }

  void write(ObjectNode json) {
    if (reconnects != null) {
      reconnects.write(json, "reconnects");
    }
    if (churn != null) {
      churn.write(json, "churn");
    }
    if (load != null) {
      load.write(json);
    }
    if (server != null) {
      server.write(json, "server");
    }
  }
}
