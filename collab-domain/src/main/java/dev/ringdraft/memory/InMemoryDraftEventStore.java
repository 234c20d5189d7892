package dev.ringdraft.memory;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.OverdueTurn;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.TurnDeadlines;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftCatalog;
import dev.ringdraft.view.DraftCursor;
import dev.ringdraft.view.DraftPage;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A full event store and catalog that forgets everything with its process: for embedding and for
 * tests. Commits to one draft wait for each other, those to different drafts don't. Each instance
 * is a history of its own and has an epoch of its own.
 */
public final class InMemoryDraftEventStore implements DraftEventStore, DraftCatalog, TurnDeadlines {
  private static final Comparator<DraftSummary> NEWEST_FIRST =
      Comparator.comparing(DraftSummary::updatedAt)
          .reversed()
          .thenComparing(summary -> summary.id().value());

  private final ConcurrentMap<DraftId, Log> logs = new ConcurrentHashMap<>();
  private final Epoch epoch = new Epoch(UUID.randomUUID().toString());
  private final InstantSource clock;

  /** Makes a store without drafts, and with an epoch of its own. */
  public InMemoryDraftEventStore() {
    this(InstantSource.system());
  }

  /**
   * Makes a store without drafts.
   *
   * @param clock says which turns are overdue
   */
  public InMemoryDraftEventStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, UserId member) {
    return log(draft).flatMap(log -> log.headFor(member, null));
  }

  @Override
  public Optional<DraftHead> load(DraftId draft, CommandKey command) {
    return log(draft).flatMap(log -> log.headFor(command.actor(), command));
  }

  @Override
  public AppendResult append(Commit commit) {
    if (commit.expectedRevision() > 0) {
      return log(commit.draft())
          .<AppendResult>map(log -> log.append(commit))
          .orElseGet(RevisionConflict::new);
    }
    Log started = new Log(commit.draft());
    Appended appended = started.start(commit);
    return logs.putIfAbsent(commit.draft(), started) == null ? appended : new RevisionConflict();
  }

  @Override
  public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
    return log(draft).map(log -> log.readAfter(revision, limit)).orElse(List.of());
  }

  @Override
  public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
    Map<DraftId, Long> heads = new HashMap<>();
    for (DraftId draft : drafts) {
      log(draft).ifPresent(log -> heads.put(draft, log.revision()));
    }
    return heads;
  }

  @Override
  public Epoch epoch() {
    return epoch;
  }

  @Override
  public Optional<DraftView> view(DraftId draft) {
    return log(draft).map(log -> DraftView.replay(log.readAfter(0, Integer.MAX_VALUE)));
  }

  @Override
  public Optional<DraftView> view(DraftId draft, UserId reader) {
    return summary(draft, reader).flatMap(summary -> view(draft));
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft) {
    return log(draft).map(Log::summary);
  }

  @Override
  public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
    return summary(draft).filter(summary -> summary.isVisibleTo(reader));
  }

  @Override
  public DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit) {
    List<DraftSummary> rest =
        logs.values().stream()
            .map(Log::summary)
            .filter(summary -> summary.isVisibleTo(member))
            .filter(summary -> after == null || isBehind(after, summary))
            .sorted(NEWEST_FIRST)
            .limit(limit + 1L)
            .toList();
    if (rest.size() <= limit) {
      return new DraftPage(rest, null);
    }
    List<DraftSummary> page = rest.subList(0, limit);
    return new DraftPage(page, new DraftCursor(page.getLast().updatedAt(), page.getLast().id()));
  }

  private static boolean isBehind(DraftCursor cursor, DraftSummary summary) {
    int byTime = cursor.updatedAt().compareTo(summary.updatedAt());
    return byTime > 0
        || (byTime == 0 && cursor.draft().value().compareTo(summary.id().value()) < 0);
  }

  /** Looks at each draft. No server looks at a store that ended with its process: no grace. */
  @Override
  public List<OverdueTurn> overdue(boolean starting, int limit) {
    Instant now = clock.instant();
    List<OverdueTurn> found = new ArrayList<>();
    for (Log log : logs.values()) {
      DraftSummary summary = log.summary();
      Instant timesOutAt = summary.draft().timesOutAt();
      if (timesOutAt != null && !timesOutAt.isAfter(now)) {
        found.add(new OverdueTurn(summary.id(), summary.ring().ring().term(), timesOutAt, now));
      }
    }
    return found.stream().sorted(Comparator.comparing(OverdueTurn::deadline)).limit(limit).toList();
  }

  private Optional<Log> log(DraftId draft) {
    return Optional.ofNullable(logs.get(draft));
  }

  /** One draft's history. Every method takes the log's own monitor. */
  private static final class Log {
    private final DraftId id;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<CommandKey, Receipt> receipts = new HashMap<>();
    private @Nullable DraftSummary summary;

    Log(DraftId id) {
      this.id = id;
    }

    synchronized Appended start(Commit commit) {
      return write(commit);
    }

    synchronized AppendResult append(Commit commit) {
      if (commit.expectedRevision() != events.size()) {
        return new RevisionConflict();
      }
      return receipts.containsKey(commit.key()) ? new CommandRepeated() : write(commit);
    }

    private Appended write(Commit commit) {
      List<RecordedEvent> written = new ArrayList<>();
      for (DraftEvent event : commit.events()) {
        RecordedEvent recorded = new RecordedEvent(id, events.size() + 1L, event);
        events.add(recorded);
        written.add(recorded);
        summary = summary == null ? DraftSummary.startedBy(recorded) : summary.after(recorded);
      }
      receipts.put(commit.key(), new Receipt(commit.fingerprint(), written));
      return new Appended(written);
    }

    synchronized Optional<DraftHead> headFor(UserId user, @Nullable CommandKey command) {
      DraftSummary now = summary();
      Receipt receipt = command == null ? null : receipts.get(command);
      return now.isVisibleTo(user) || receipt != null || (command != null && user.isReserved())
          ? Optional.of(new DraftHead(now, receipt))
          : Optional.empty();
    }

    synchronized long revision() {
      return events.size();
    }

    synchronized DraftSummary summary() {
      if (summary == null) {
        throw new IllegalStateException("a log is published only after its first commit");
      }
      return summary;
    }

    synchronized List<RecordedEvent> readAfter(long revision, int limit) {
      int from = (int) Math.min(Math.max(revision, 0), events.size());
      return List.copyOf(events.subList(from, Math.min(events.size() - from, limit) + from));
    }
  }
}
