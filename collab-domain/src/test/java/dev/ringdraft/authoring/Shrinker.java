package dev.ringdraft.authoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing sequence small by dropping steps: large parts first, then one by one. */
final class Shrinker {
  private Shrinker() {}

  /**
   * A part of the sequence that still fails, and of which no single step can be dropped.
   *
   * @param fails whether a sequence fails; it must for the whole one
   */
  static <T> List<T> smallest(List<T> failing, Predicate<List<T>> fails) {
    List<T> smallest = failing;
    for (int part = Math.max(1, failing.size() / 2); part >= 1; part /= 2) {
      smallest = withoutParts(smallest, part, fails);
    }
    return smallest;
  }

  /** Drops parts of this size until none can be spared. */
  private static <T> List<T> withoutParts(List<T> failing, int part, Predicate<List<T>> fails) {
    List<T> smallest = failing;
    int from = 0;
    while (from < smallest.size()) {
      List<T> rest = new ArrayList<>(smallest.subList(0, from));
      rest.addAll(smallest.subList(Math.min(from + part, smallest.size()), smallest.size()));
      if (fails.test(rest)) {
        smallest = rest;
        from = 0;
      } else {
        from++;
      }
    }
    return smallest;
  }
}
