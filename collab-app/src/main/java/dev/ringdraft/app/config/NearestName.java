package dev.ringdraft.app.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the name that somebody may have meant: the one with the fewest letters to change. */
final class NearestName {
  private NearestName() {}

  /** " (did you mean x?)", or nothing when no name is near. */
  static String hint(String written, Stream<String> names) {
    return find(written, names).map(" (did you mean %s?)"::formatted).orElse("");
  }

  private static Optional<String> find(String written, Stream<String> names) {
    int furthest = Math.max(2, written.length() / 3);
    return names
        .filter(name -> distance(written, name) <= furthest)
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  /** Levenshtein's distance: letters to insert, remove or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
