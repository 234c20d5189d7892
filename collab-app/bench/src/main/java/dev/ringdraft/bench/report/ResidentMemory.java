package dev.ringdraft.bench.report;

import java.util.List;

/** Resident memory of a process in bytes: the first sample, the last and the largest. */
public record ResidentMemory(long first, long last, long most) {
  public static ResidentMemory of(long bytes) {
    return new ResidentMemory(bytes, bytes, bytes);
  }

  static ResidentMemory of(Quantile quantile, List<ResidentMemory> runs) {
    return new ResidentMemory(
        quantile.whole(runs, ResidentMemory::first),
        quantile.whole(runs, ResidentMemory::last),
        quantile.whole(runs, ResidentMemory::most));
  }

  /** The same with one more sample. */
  public ResidentMemory then(long bytes) {
    return new ResidentMemory(first, bytes, Math.max(most, bytes));
  }
}
