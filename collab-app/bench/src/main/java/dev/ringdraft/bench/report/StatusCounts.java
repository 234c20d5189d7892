package dev.ringdraft.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Refused requests by status, or ended connections by close code; 0 = without either. */
public record StatusCounts(SortedMap<Integer, Integer> counts) {
  public StatusCounts {
    counts = new TreeMap<>(counts);
  }

  public static StatusCounts none() {
    return new StatusCounts(new TreeMap<>());
  }

  /** The counts of all runs added up. */
  static StatusCounts sum(List<StatusCounts> runs) {
    SortedMap<Integer, Integer> sum = new TreeMap<>();
    runs.forEach(
        run -> run.counts().forEach((code, count) -> sum.merge(code, count, Integer::sum)));
    return new StatusCounts(sum);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** For people: {@code 429 × 3, without a code × 1}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> "%s × %d".formatted(word(each), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String word(Map.Entry<Integer, Integer> code) {
    return code.getKey() == 0 ? "without a code" : code.getKey().toString();
  }

  void write(ObjectNode json, String name) {
    ObjectNode object = json.putObject(name);
    counts.forEach((code, count) -> object.put(code.toString(), count));
  }
}
