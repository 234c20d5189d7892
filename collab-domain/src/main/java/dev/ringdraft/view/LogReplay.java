package dev.ringdraft.view;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.NumberedEvent;
import dev.ringdraft.time.Milliseconds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replays the log of one draft and reports what can't be true: revisions that are missing, events
 * that can't follow from those before (positions, terms and holders of the ring, members, status),
 * and a head or members that the log does not lead to. Behind the first event that can't follow,
 * only revisions are compared. For one thread.
 */
public final class LogReplay {
  private static final Map<String, Function<DraftSummary, Object>> PARTS = parts();

  private final String draft;
  private final Consumer<LogFault> faults;
  private @Nullable DraftSummary replayed;
  private boolean broken;
  private long revision;
  private long events;
  private int found;

  /**
   * Before the first event.
   *
   * @param draft the id as it is stored
   * @param faults gets each fault as it is found
   */
  public LogReplay(String draft, Consumer<LogFault> faults) {
    this.draft = draft;
    this.faults = faults;
  }

  /** How many faults were found so far. */
  public int faults() {
    return found;
  }

  /** The revision of the last event; 0 before the first. */
  public long revision() {
    return revision;
  }

  /** How many events there were, readable or not. */
  public long events() {
    return events;
  }

  /** Adds the event that is stored next. */
  public void add(NumberedEvent next) {
    follow(next.revision());
    if (broken) {
      return;
    }
    try {
      replayed = after(replayed, next);
    } catch (CorruptHistoryException impossible) {
      fault(next.revision(), String.valueOf(impossible.getMessage()));
      broken = true;
    }
  }

  private static DraftSummary after(@Nullable DraftSummary before, NumberedEvent next) {
    if (before == null) {
      return DraftSummary.startedBy(next);
    }
    if (next.event() instanceof SegmentAdded added) {
      // A summary takes a segment at its word.
      Draft unused = before.draft().evolve(added);
    }
    return before.after(next);
  }

  /** Adds what is stored next and is no event. */
  public void addUnreadable(long at, String why) {
    follow(at);
    fault(at, why);
    broken = true;
  }

  private void follow(long next) {
    if (next != revision + 1) {
      fault(revision + 1, "missing, %d is the next one".formatted(next));
      broken = true;
    }
    revision = next;
    events++;
  }

  /** Ends with a head that can't be read. */
  public void endUnreadable(String why) {
    refuseEmptyLog();
    fault(0, "head: " + why);
  }

  /** Ends without a head. */
  public void endWithoutHead(Set<String> members) {
    refuseEmptyLog();
    fault(0, "head: missing");
    compareMembers(Set.of(), members);
  }

  private void refuseEmptyLog() {
    if (revision == 0) {
      fault(1, "missing, the log is empty");
      broken = true;
    }
  }

  /**
   * Ends with what is kept beside the log, and compares it.
   *
   * @param timesOutAt when the present turn is to time out
   * @param members the ids of all who are said to see the draft, as they are stored
   */
  public void end(DraftSummary head, @Nullable Instant timesOutAt, Set<String> members) {
    refuseEmptyLog();
    if (head.revision() != revision) {
      fault(0, "head: revision %d (the log ends at %d)".formatted(head.revision(), revision));
    } else if (!broken && replayed != null) {
      compareHead(replayed, head, timesOutAt);
    }
    DraftSummary truth = broken || replayed == null ? head : replayed;
    Set<String> expected = new TreeSet<>(Set.of(truth.creator().value()));
    truth.collaborators().forEach(each -> expected.add(each.user().value()));
    compareMembers(expected, members);
  }

  private void compareHead(DraftSummary log, DraftSummary head, @Nullable Instant timesOutAt) {
    List<String> differences = new ArrayList<>();
    PARTS.forEach(
        (name, part) -> {
          if (!part.apply(log).equals(part.apply(head))) {
            differences.add(name);
          }
        });
    if (!Objects.equals(log.draft().timesOutAt(), timesOutAt)) {
      differences.add("times_out_at");
    }
    if (!differences.isEmpty()) {
      fault(0, "head: not as the log says: " + String.join(", ", differences));
    }
  }

  private void compareMembers(Set<String> expected, Set<String> stored) {
    for (String each : expected) {
      if (!stored.contains(each)) {
        fault(0, "members: %s is missing".formatted(each));
      }
    }
    for (String each : stored) {
      if (!expected.contains(each)) {
        fault(0, "members: %s is no member".formatted(each));
      }
    }
  }

  private void fault(long at, String what) {
    found++;
    faults.accept(new LogFault(draft, at, what));
  }

  /** Instants of early heads are finer than those of their events. */
  private static Map<String, Function<DraftSummary, Object>> parts() {
    Map<String, Function<DraftSummary, Object>> parts = new LinkedHashMap<>();
    parts.put("creator", DraftSummary::creator);
    parts.put("title", DraftSummary::title);
    parts.put("platform", head -> String.valueOf(head.platform()));
    parts.put("status", DraftSummary::status);
    parts.put("holder", head -> head.ring().ring().holder());
    parts.put("term", head -> head.ring().ring().term());
    parts.put("holders_history", head -> head.ring().holdersHistory());
    parts.put("passed_at", head -> Milliseconds.of(head.ring().passedAt()));
    parts.put("turns", DraftSummary::turns);
    parts.put(
        "collaborators",
        head ->
            head.collaborators().stream()
                .map(c -> new Collaborator(c.user(), c.role(), Milliseconds.of(c.joinedAt())))
                .toList());
    parts.put("segment_count", DraftSummary::segmentCount);
    parts.put("created_at", head -> Milliseconds.of(head.createdAt()));
    parts.put("updated_at", head -> Milliseconds.of(head.updatedAt()));
    return parts;
  }
}
