package dev.ringdraft.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringdraft.bench.history.Attempt.Append;
import dev.ringdraft.bench.history.Attempt.Committed;
import dev.ringdraft.bench.history.Attempt.Pass;
import dev.ringdraft.bench.history.Attempt.Request;
import dev.ringdraft.bench.history.Attempt.Unknown;
import dev.ringdraft.bench.history.DraftHistory.Delivery;
import dev.ringdraft.bench.history.DraftHistory.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a draft's history keeps the promises:
 *
 * <ol>
 *   <li>The log has the revisions 1, 2, 3 and so on.
 *   <li>An acknowledged command is in the log once, at the revision of its answer; each further
 *       answer to the same key names the same revision.
 *   <li>A refused command is not in the log; one of unknown result at most once; and nothing else
 *       is.
 *   <li>A command that was acknowledged before another one was sent has the smaller revision.
 *   <li>The holder at that revision wrote each segment and passed on the ring.
 *   <li>Each subscriber received the log's own events, each once and in order, up to the end.
 *   <li>Each server's view of the draft is the fold of the log.
 * </ol>
 */
final class HistoryChecker {
  private final DraftHistory history;
  private final Map<String, List<Attempt>> commands = new LinkedHashMap<>();
  private final Map<Long, LoggedEvent> byRevision = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private HistoryChecker(DraftHistory history) {
    this.history = history;
    for (Attempt attempt : history.attempts()) {
      commands.computeIfAbsent(attempt.key(), key -> new ArrayList<>()).add(attempt);
    }
    history.log().forEach(event -> byRevision.put(event.revision(), event));
  }

  /** One sentence for each broken promise; empty if all are kept. */
  static List<String> violations(DraftHistory history) {
    HistoryChecker checker = new HistoryChecker(history);
    checker.checkRevisions();
    checker.checkAcknowledged();
    checker.checkOrigins();
    checker.checkRealTime();
    checker.checkHolders();
    history.deliveries().forEach(checker::checkDelivery);
    history.snapshots().forEach(checker::checkSnapshot);
    return checker.violations;
  }

  private void checkRevisions() {
    long expected = 1;
    for (LoggedEvent event : history.log()) {
      if (event.revision() != expected) {
        violations.add(
            "the log has revision %d where %d belongs".formatted(event.revision(), expected));
        return;
      }
      expected++;
    }
  }

  private void checkAcknowledged() {
    Map<Long, String> keys = new HashMap<>();
    commands.forEach(
        (key, attempts) -> {
          List<Long> revisions = revisions(attempts);
          if (revisions.size() > 1) {
            violations.add("key %s was acknowledged at the revisions %s".formatted(key, revisions));
          }
          for (long revision : revisions) {
            LoggedEvent event = byRevision.get(revision);
            if (event == null || !Origin.of(attempts.getFirst()).equals(Origin.of(event))) {
              violations.add(
                  "key %s was acknowledged at revision %d, which has %s"
                      .formatted(key, revision, event));
            }
            String other = keys.putIfAbsent(revision, key);
            if (other != null) {
              violations.add(
                  "the keys %s and %s share revision %d".formatted(other, key, revision));
            }
          }
        });
  }

  /** Each logged command is the effect of one that was acknowledged there, or of an unknown one. */
  private void checkOrigins() {
    Map<Origin, Integer> open = new HashMap<>();
    Set<Long> acknowledged = new HashSet<>();
    for (List<Attempt> attempts : commands.values()) {
      List<Long> revisions = revisions(attempts);
      acknowledged.addAll(revisions);
      if (revisions.isEmpty() && attempts.stream().anyMatch(HistoryChecker::isUnknown)) {
        open.merge(Origin.of(attempts.getFirst()), 1, Integer::sum);
      }
    }
    for (LoggedEvent event : history.log()) {
      Origin origin = Origin.of(event);
      if (origin != null
          && !acknowledged.contains(event.revision())
          && open.merge(origin, -1, Integer::sum) < 0) {
        violations.add(
            "revision %d is the effect of no open command: %s"
                .formatted(event.revision(), event.json()));
      }
    }
  }

  private void checkRealTime() {
    record Span(long revision, long invokedAt, long acknowledgedAt) {}
    List<Span> spans = new ArrayList<>();
    for (List<Attempt> attempts : commands.values()) {
      long invokedAt = attempts.stream().mapToLong(Attempt::invokedAt).min().orElseThrow();
      attempts.stream()
          .filter(attempt -> attempt.result() instanceof Committed)
          .min(Comparator.comparingLong(Attempt::endedAt))
          .ifPresent(
              attempt ->
                  spans.add(
                      new Span(
                          ((Committed) attempt.result()).revision(),
                          invokedAt,
                          attempt.endedAt())));
    }
    spans.sort(Comparator.comparingLong(Span::revision));
    Span latest = null;
    for (Span span : spans) {
      if (latest != null && span.acknowledgedAt() < latest.invokedAt()) {
        violations.add(
            "revision %d was acknowledged before revision %d was asked for"
                .formatted(span.revision(), latest.revision()));
      }
      if (latest == null || span.invokedAt() > latest.invokedAt()) {
        latest = span;
      }
    }
  }

  private void checkHolders() {
    String holder = history.creator();
    for (LoggedEvent event : history.log()) {
      String actor = event.isPass() ? event.from() : event.isSegment() ? event.author() : holder;
      if (!actor.equals(holder)) {
        violations.add(
            "revision %d is by %s, but %s holds the ring"
                .formatted(event.revision(), actor, holder));
      }
      if (event.isPass()) {
        holder = event.to();
      }
    }
  }

  private void checkDelivery(Delivery delivery) {
    for (Run run : delivery.runs()) {
      long expected = run.after();
      for (LoggedEvent event : run.events()) {
        expected++;
        if (event.revision() != expected) {
          violations.add(
              "%s received revision %d where %d belongs"
                  .formatted(delivery.subscriber(), event.revision(), expected));
          return;
        }
        if (!event.equals(byRevision.get(expected))) {
          violations.add(
              "%s received another event as revision %d"
                  .formatted(delivery.subscriber(), expected));
          return;
        }
      }
    }
    Run last = delivery.runs().getLast();
    long end = last.after() + last.events().size();
    if (end < history.log().size()) {
      violations.add(
          "%s has the revisions up to %d of %d"
              .formatted(delivery.subscriber(), end, history.log().size()));
    }
  }

  private void checkSnapshot(JsonNode draft) {
    String holder = history.creator();
    List<String> texts = new ArrayList<>();
    for (LoggedEvent event : history.log()) {
      if (event.isSegment()) {
        texts.add(event.content());
      } else if (event.isPass()) {
        holder = event.to();
      }
    }
    List<String> shown = new ArrayList<>();
    draft.path("segments").forEach(segment -> shown.add(segment.path("content").asText()));
    String shownHolder = draft.path("ring_state").path("current_holder_id").asText();
    if (draft.path("revision").asLong() != history.log().size()
        || !shown.equals(texts)
        || !shownHolder.equals(holder)) {
      violations.add(
          "a server shows revision %d with %d segments and the holder %s; the log has %d, %d and %s"
              .formatted(
                  draft.path("revision").asLong(),
                  shown.size(),
                  shownHolder,
                  history.log().size(),
                  texts.size(),
                  holder));
    }
  }

  private static List<Long> revisions(List<Attempt> attempts) {
    return attempts.stream()
        .map(Attempt::result)
        .filter(Committed.class::isInstance)
        .map(result -> ((Committed) result).revision())
        .distinct()
        .toList();
  }

  private static boolean isUnknown(Attempt attempt) {
    return attempt.result() instanceof Unknown;
  }

  /** Who asked for what: all of a command that an event shows. */
  private record Origin(String user, Request request) {
    static Origin of(Attempt attempt) {
      return new Origin(attempt.user(), attempt.request());
    }

    /** Null for an event that is the effect of no append and no pass. */
    static @Nullable Origin of(LoggedEvent event) {
      if (event.isSegment()) {
        return new Origin(event.author(), new Append(event.content()));
      }
      return event.isPass() ? new Origin(event.from(), new Pass(event.to())) : null;
    }
  }
}
