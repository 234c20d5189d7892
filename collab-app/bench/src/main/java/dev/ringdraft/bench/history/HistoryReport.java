package dev.ringdraft.bench.history;

import dev.ringdraft.bench.history.Attempt.Committed;
import dev.ringdraft.bench.history.Attempt.Refused;
import dev.ringdraft.bench.history.Attempt.Unknown;
import java.util.ArrayList;
import java.util.List;

/** What a {@link HistoryRun} saw, and the promises that were broken. For one thread. */
public final class HistoryReport {
  private final List<String> violations = new ArrayList<>();
  private int drafts;
  private long committed;
  private long refused;
  private long unknown;
  private long commands;
  private long events;
  private long delivered;
  private long connects;
  private long snapshots;

  void add(String id, DraftHistory history, int connections) {
    drafts++;
    for (Attempt attempt : history.attempts()) {
      switch (attempt.result()) {
        case Committed done -> committed++;
        case Refused not -> refused++;
        case Unknown open -> unknown++;
      }
    }
    commands += history.attempts().stream().map(Attempt::key).distinct().count();
    events += history.log().size();
    for (DraftHistory.Delivery delivery : history.deliveries()) {
      snapshots += delivery.runs().size() - 1;
      delivered += delivery.runs().stream().mapToLong(run -> run.events().size()).sum();
    }
    connects += connections;
    HistoryChecker.violations(history)
        .forEach(violation -> violations.add("draft %s: %s".formatted(id, violation)));
  }

  /** One sentence for each broken promise. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** Requests that were answered with success. */
  public long committed() {
    return committed;
  }

  /** Requests without an answer, or with one that leaves the result open. */
  public long unknown() {
    return unknown;
  }

  /** Connections of all subscribers. */
  public long connects() {
    return connects;
  }

  /** A table for people. */
  public String table() {
    return """
        drafts       %,d with %,d events
        commands     %,d in %,d requests: %,d committed, %,d refused, %,d of unknown result
        subscribers  %,d events received over %,d connections, %,d snapshots required
        violations   %,d
        """
        .formatted(
            drafts,
            events,
            commands,
            committed + refused + unknown,
            committed,
            refused,
            unknown,
            delivered,
            connects,
            snapshots,
            violations.size());
  }
}
