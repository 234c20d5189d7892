package dev.ringdraft.app.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which figure of several runs is meant. Each figure is ranked by itself, so what stands together
 * need not come from one run.
 */
enum Rank {
  MIN,
  /** Of an even number of runs the lower of the two in the middle: always one that was measured. */
  MEDIAN,
  MAX;

  /** The figure that has this rank among those of all runs, of which there is at least one. */
  <T> double of(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return switch (this) {
      case MIN -> sorted[0];
      case MEDIAN -> sorted[(sorted.length - 1) / 2];
      case MAX -> sorted[sorted.length - 1];
    };
  }

  /** The same of figures that are whole numbers. */
  <T> long whole(List<T> runs, ToDoubleFunction<T> figure) {
    return Math.round(of(runs, figure));
  }
}
