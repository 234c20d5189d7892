package dev.ringdraft.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Minimum, median or maximum of a figure over several runs. Each figure is ranked by itself, so
 * figures of one row may come from different runs. Exact, since a bench has few runs.
 */
enum Quantile {
  MIN,
  /** Of an even number of runs the lower of the two middle ones: always a measured value. */
  MEDIAN,
  MAX;

  /** This quantile of the figure over all runs, of which there is at least one. */
  <T> double of(List<T> runs, ToDoubleFunction<T> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return switch (this) {
      case MIN -> sorted[0];
      case MEDIAN -> sorted[(sorted.length - 1) / 2];
      case MAX -> sorted[sorted.length - 1];
    };
  }

  /** The same for figures that are whole numbers. */
  <T> long whole(List<T> runs, ToDoubleFunction<T> figure) {
    return Math.round(of(runs, figure));
  }
}
