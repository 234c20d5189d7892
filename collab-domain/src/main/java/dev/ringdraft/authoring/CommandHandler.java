package dev.ringdraft.authoring;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.view.DraftSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes single attempts at one command. Each looks at one head and makes one commit at most. When
 * the store fails, no head is cached any more. Immutable.
 */
final class CommandHandler {
  private final PendingCommand command;
  private final DraftEventStore store;
  private final HeadCache heads;
  private final CommitListener listener;

  CommandHandler(
      PendingCommand command, DraftEventStore store, HeadCache heads, CommitListener listener) {
    this.command = command;
    this.store = store;
    this.heads = heads;
    this.listener = listener;
  }

  PendingCommand command() {
    return command;
  }

  /** Whether the cached head shows the actor as a member. */
  boolean isKnownMember() {
    return heads
        .of(draft(), store.epoch())
        .map(head -> head.summary().isVisibleTo(command.key().actor()))
        .orElse(false);
  }

  /** Answers what needs no commit, outside of the draft's lock. */
  AttemptResult precheck() {
    return uncachedOnFailure(() -> decide(load(), false));
  }

  /** Commits on the cached head if the rules accept; any other finding needs a load. */
  AttemptResult attemptOnCachedHead() {
    Optional<DraftHead> head = heads.of(draft(), store.epoch());
    if (head.isPresent() && isElsewhere(versionOf(head.get()))) {
      return new AttemptResult.Retry();
    }
    return switch (command.rules().apply(head)) {
      case Rejected perhaps -> new AttemptResult.Retry();
      case Accepted accepted -> uncachedOnFailure(() -> commit(head, accepted.events()));
    };
  }

  /**
   * Loads the draft, decides and commits.
   *
   * @param inDoubt whether the answer to a commit of this command was lost: its receipt is then of
   *     that commit
   */
  AttemptResult attempt(boolean inDoubt) {
    return uncachedOnFailure(
        () -> {
          Optional<DraftHead> head = load();
          if (head.isEmpty()) {
            // The actor was a member and is none any more.
            heads.forget(draft());
          }
          AttemptResult result = decide(head, inDoubt);
          return result instanceof AttemptResult.Allowed allowed
              ? commit(head, allowed.events())
              : result;
        });
  }

  /**
   * The last look for a commit whose answer was lost.
   *
   * @throws StoreUnavailableException when it is not there
   */
  Outcome resolve(CommitInDoubtException doubt) {
    Receipt receipt = store.load(draft(), command.key()).map(DraftHead::receipt).orElse(null);
    if (receipt == null) {
      throw new StoreUnavailableException(
          "a commit's answer was lost and could not be found", doubt);
    }
    return fromReceipt(receipt, true);
  }

  private DraftId draft() {
    return command.draft();
  }

  /** A store that failed may come back with another history. */
  private AttemptResult uncachedOnFailure(Supplier<AttemptResult> attempt) {
    try {
      return attempt.get();
    } catch (CommitInDoubtException | StoreUnavailableException failed) {
      heads.invalidateAll();
      throw failed;
    }
  }

  private Optional<DraftHead> load() {
    long generation = heads.generation();
    Optional<DraftHead> head = store.load(draft(), command.key());
    head.filter(found -> found.receipt() == null)
        .ifPresent(found -> heads.remember(draft(), store.epoch(), found, generation));
    return head;
  }

  private AttemptResult decide(Optional<DraftHead> head, boolean inDoubt) {
    Receipt receipt = head.map(DraftHead::receipt).orElse(null);
    if (receipt != null) {
      return new AttemptResult.Done(fromReceipt(receipt, inDoubt));
    }
    if (head.isPresent() && isElsewhere(versionOf(head.get()))) {
      return new AttemptResult.Done(new Outcome.PreconditionFailed(versionOf(head.get())));
    }
    return switch (command.rules().apply(head)) {
      case Rejected rejected -> new AttemptResult.Done(new Outcome.Refused(rejected.rejection()));
      case Accepted accepted -> new AttemptResult.Allowed(accepted.events());
    };
  }

  private DraftVersion versionOf(DraftHead head) {
    return new DraftVersion(store.epoch(), head.revision());
  }

  /** Whether the caller insists on other versions. */
  private boolean isElsewhere(DraftVersion current) {
    return command.options().ifVersion() != null
        && !command.options().ifVersion().contains(current);
  }

  /**
   * @param own whether the receipt is of this command's own commit, whose answer was lost
   */
  private Outcome fromReceipt(Receipt receipt, boolean own) {
    if (!receipt.fingerprint().equals(command.fingerprint())) {
      return new Outcome.KeyReused();
    }
    if (own) {
      listener.committed(receipt.events());
    }
    return new Outcome.Committed(draft(), store.epoch(), receipt.events(), !own);
  }

  /** Retry when the draft has moved on, or the command was carried out before. */
  private AttemptResult commit(Optional<DraftHead> head, List<DraftEvent> events) {
    Commit commit =
        new Commit(
            draft(),
            head.map(DraftHead::revision).orElse(0L),
            command.key(),
            command.fingerprint(),
            after(head, events),
            events);
    long generation = heads.generation();
    return switch (store.append(commit)) {
      case RevisionConflict moved -> uncached();
      case CommandRepeated repeated -> uncached();
      case Appended appended -> {
        heads.remember(draft(), store.epoch(), new DraftHead(commit.after(), null), generation);
        listener.committed(appended.events());
        yield new AttemptResult.Done(
            new Outcome.Committed(draft(), store.epoch(), appended.events(), false));
      }
    };
  }

  private AttemptResult uncached() {
    heads.forget(draft());
    return new AttemptResult.Retry();
  }

  private DraftSummary after(Optional<DraftHead> head, List<DraftEvent> events) {
    @Nullable DraftSummary summary = head.map(DraftHead::summary).orElse(null);
    long revision = head.map(DraftHead::revision).orElse(0L);
    for (DraftEvent event : events) {
      revision++;
      RecordedEvent next = new RecordedEvent(draft(), revision, event);
      summary = summary == null ? DraftSummary.startedBy(next) : summary.after(next);
    }
    return Objects.requireNonNull(summary, "a decision has at least one event");
  }
}
