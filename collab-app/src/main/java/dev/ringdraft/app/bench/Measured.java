package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one run has measured.
 *
 * @param reconnects when everybody dropped and came back
 * @param churn when one viewer after the other did
 * @param load what was appended and delivered; none of an idle run
 * @param machine what the server used, when its process is known
 */
record Measured(
    @Nullable Connects reconnects,
    @Nullable Connects churn,
    @Nullable Load load,
    @Nullable Machine machine) {
  /** The figures of this rank among those of all runs. */
  static Measured of(Rank rank, List<Measured> runs) {
    return new Measured(
        ranked(runs, Measured::reconnects, all -> Connects.of(rank, all)),
        ranked(runs, Measured::churn, all -> Connects.of(rank, all)),
        ranked(runs, Measured::load, all -> Load.of(rank, all)),
        ranked(runs, Measured::machine, all -> Machine.of(rank, all)));
  }

  private static <T> @Nullable T ranked(
      List<Measured> runs, Function<Measured, @Nullable T> part, Function<List<T>, T> rank) {
    List<T> parts = parts(runs, part);
    return parts.isEmpty() ? null : rank.apply(parts);
  }

  /** That part of each run that has it. */
  static <T> List<T> parts(List<Measured> runs, Function<Measured, @Nullable T> part) {
    return runs.stream().map(part).filter(Objects::nonNull).toList();
  }

  /** Whether nobody was refused. */
  boolean isClean() {
    return (reconnects == null || reconnects.refusals().isEmpty())
        && (churn == null || churn.refusals().isEmpty())
        && (load == null || load.refusals().isEmpty());
  }

  /** Writes its members into an object that has begun. */
  void write(JsonWriter json) {
    if (reconnects != null) {
      reconnects.write(json, "reconnects");
    }
    if (churn != null) {
      churn.write(json, "churn");
    }
    if (load != null) {
      load.write(json);
    }
    if (machine != null) {
      machine.write(json, "server");
    }
  }
}
