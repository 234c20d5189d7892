package dev.ringdraft.app.bench;

import dev.ringdraft.wire.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often the server said no, by what it said: a status or a close code; 0 = without a word. */
record Refusals(SortedMap<Integer, Integer> counts) {
  Refusals {
    counts = new TreeMap<>(counts);
  }

  static Refusals none() {
    return new Refusals(new TreeMap<>());
  }

  /** Those of all runs together. */
  static Refusals sum(List<Refusals> runs) {
    SortedMap<Integer, Integer> sum = new TreeMap<>();
    runs.forEach(
        run -> run.counts().forEach((code, count) -> sum.merge(code, count, Integer::sum)));
    return new Refusals(sum);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** For people: {@code 429 × 3, without a word × 1}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(each -> "%s × %d".formatted(word(each), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String word(Map.Entry<Integer, Integer> code) {
    return code.getKey() == 0 ? "without a word" : code.getKey().toString();
  }

  void write(JsonWriter json, String name) {
    json.beginObject(name);
    counts.forEach((code, count) -> json.member(code.toString(), count));
    json.endObject();
  }
}
