package dev.ringdraft.authoring;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.Decision;
import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftSummary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands: load, look for a receipt, decide, commit, tell. The one way in which a
 * draft changes.
 *
 * <p>In this order: the receipt of the same command, if there is one, is the answer whatever the
 * rules say now; then the version that the caller insists on; then the rules. When another server's
 * commit came first it decides again, {@value #MAX_ATTEMPTS} times at most.
 *
 * <p>A draft that this server has just changed need not be loaded: the command is tried on the head
 * that is remembered. Only a yes is acted on, and the commit says whether it was right: the store
 * refuses it when the draft has moved on or the command has its receipt. Then, and whenever the
 * remembered head says no, the draft is loaded as if nothing were remembered.
 *
 * <p>Whoever is not known as a member is looked up before the draft's lane, and a stranger never
 * comes into it: how long a refusal takes tells nobody what goes on in a draft, and nobody holds up
 * its members. That look is a member's load, not one more.
 *
 * <p>When the store's answer to a commit was lost it never guesses: it loads again, and finds
 * either the receipt, or a draft on which the lost commit can no more be made without its own
 * failing. From then on nothing is remembered of any draft, as a store that broke off may come back
 * as a standby that lacks its last commits.
 *
 * <p>A command has one deadline, wherever it waits: for others of its draft, for a connection, for
 * an answer, or to try again. A commit whose answer comes later is in doubt like any other.
 *
 * <p>Safe for use by many threads. Commands of one draft go one after the other; those of different
 * drafts don't wait for each other.
 */
public final class DraftCommands {
  /**
   * How often a draft is loaded and one command decided on before it is {@code contended}. The try
   * on a remembered head is not counted.
   */
  public static final int MAX_ATTEMPTS = 3;

  /** The id of the command that began a draft: no caller's key is empty, so it is nobody else's. */
  private static final String BEGINNING = "";

  private final DraftEventStore store;
  private final CommitListener listener;
  private final DraftLimits limits;
  private final IdSource ids;
  private final KeyedLocks lanes = new KeyedLocks();
  private final HeadCache recent = new HeadCache();

  /**
   * @param listener hears of every commit, after it is permanent
   * @param ids names new drafts, and commands that came without a key
   */
  public DraftCommands(
      DraftEventStore store, CommitListener listener, DraftLimits limits, IdSource ids) {
    this.store = store;
    this.listener = listener;
    this.limits = limits;
    this.ids = ids;
  }

  /**
   * Starts a draft.
   *
   * @param options whose versions mean nothing here
   * @throws StoreUnavailableException when the store can't be reached, or the deadline has passed;
   *     a command that was sent with a key may then be sent again without fear
   */
  public Outcome create(CreateDraft command, CommandOptions options) {
    IdempotencyKey key = options.key();
    DraftId draft = key == null ? new DraftId(ids.next()) : draftOf(command.actor(), key);
    Attempt attempt =
        new Attempt(
            draft,
            new CommandKey(command.actor(), BEGINNING),
            CommandFingerprint.of(command),
            new CommandOptions(null, null, options.deadline()),
            head ->
                head.isPresent()
                    ? new Rejected(new DraftUnknown())
                    : Draft.decide(command, limits));
    return attempt.withLock();
  }

  /**
   * Changes a draft.
   *
   * @throws StoreUnavailableException when the store can't be reached, or the deadline has passed;
   *     a command that was sent with a key may then be sent again without fear
   */
  public Outcome handle(DraftId draft, DraftCommand command, CommandOptions options) {
    String commandId = options.key() == null ? ids.next() : options.key().value();
    Attempt attempt =
        new Attempt(
            draft,
            new CommandKey(command.actor(), commandId),
            CommandFingerprint.of(command),
            options,
            head ->
                head.map(found -> found.draft().decide(command, limits))
                    .orElseGet(() -> new Rejected(new DraftUnknown())));
    if (!attempt.isKnownMember()) {
      Outcome outcome = attempt.beforeTheLane();
      if (outcome != null) {
        return outcome;
      }
    }
    return attempt.withLock();
  }

  /**
   * The id of the draft that this user's key creates: the same for the same key, so the draft's own
   * first event is the receipt. A UUID of version 8 (RFC 9562, section 5.8).
   */
  private static DraftId draftOf(UserId creator, IdempotencyKey key) {
    String name = creator.value().length() + ":" + creator.value() + key.value();
    ByteBuffer digest = ByteBuffer.wrap(Sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new DraftId(new UUID(high, low).toString());
  }

  private interface Rules {
    Decision decide(Optional<DraftHead> head);
  }

  /** One command on its way. */
  private final class Attempt {
    private final DraftEventStore store;
    private final DraftId draft;
    private final CommandKey key;
    private final String fingerprint;
    private final CommandOptions options;
    private final Rules rules;
    private int loads;

    /** Set when the answer to its commit was lost: a receipt that turns up is its own. */
    private @Nullable CommitInDoubtException doubt;

    Attempt(
        DraftId draft, CommandKey key, String fingerprint, CommandOptions options, Rules rules) {
      this.store = DraftCommands.this.store.within(options.deadline());
      this.draft = draft;
      this.key = key;
      this.fingerprint = fingerprint;
      this.options = options;
      this.rules = rules;
    }

    boolean isKnownMember() {
      return recent.of(draft).map(head -> head.summary().isVisibleTo(key.actor())).orElse(false);
    }

    /**
     * Answers whoever need not, or must not, come into the lane.
     *
     * @return null for a member whose command the rules allow
     */
    @Nullable Outcome beforeTheLane() {
      try {
        return load(false);
      } catch (StoreUnavailableException gone) {
        recent.forgetAll();
        throw gone;
      }
    }

    Outcome withLock() {
      return lanes.withLock(draft, options.deadline(), this::untilDone);
    }

    private Outcome untilDone() {
      for (boolean remembered = true; loads < MAX_ATTEMPTS; remembered = false) {
        try {
          Outcome outcome = remembered ? onRecentHead() : load(true);
          if (outcome != null) {
            return outcome;
          }
        } catch (CommitInDoubtException lost) {
          recent.forgetAll();
          doubt = lost;
        } catch (StoreUnavailableException gone) {
          recent.forgetAll();
          throw gone;
        }
      }
      return doubt == null ? new Outcome.Contended() : found(doubt);
    }

    /**
     * @return null when that does not lead to a commit, for whatever reason
     */
    private @Nullable Outcome onRecentHead() {
      Optional<DraftHead> head = recent.of(draft);
      if (head.isPresent() && isElsewhere(versionOf(head.get()))) {
        return null;
      }
      return switch (rules.decide(head)) {
        case Rejected perhaps -> null;
        case Accepted accepted -> commit(head, accepted.events());
      };
    }

    /** The last look for a commit whose answer was lost. */
    private Outcome found(CommitInDoubtException doubt) {
      Receipt receipt = store.load(draft, key).map(DraftHead::receipt).orElse(null);
      if (receipt == null) {
        throw new StoreUnavailableException(
            "a commit's answer was lost and could not be found", doubt);
      }
      return recognise(receipt);
    }

    /**
     * Decides on the draft as it is now; what the rules allow is committed in the lane alone.
     *
     * @return null when the rules allow it, and it is not committed
     */
    private @Nullable Outcome load(boolean withLock) {
      loads++;
      long history = recent.history();
      Optional<DraftHead> head = store.load(draft, key);
      Receipt receipt = head.map(DraftHead::receipt).orElse(null);
      if (receipt != null) {
        return recognise(receipt);
      }
      if (head.isPresent()) {
        recent.remember(draft, head.get(), history);
        DraftVersion current = versionOf(head.get());
        if (isElsewhere(current)) {
          return new Outcome.PreconditionFailed(current);
        }
      } else if (withLock) {
        // Who was let in as a member is one no more. Outside, strangers would make us forget.
        recent.forget(draft);
      }
      return switch (rules.decide(head)) {
        case Rejected rejected -> new Outcome.Refused(rejected.rejection());
        case Accepted accepted -> withLock ? commit(head, accepted.events()) : null;
      };
    }

    private DraftVersion versionOf(DraftHead head) {
      return new DraftVersion(store.epoch(), head.revision());
    }

    /** Whether the caller insists on other versions. */
    private boolean isElsewhere(DraftVersion current) {
      return options.ifVersion() != null && !options.ifVersion().contains(current);
    }

    private Outcome recognise(Receipt receipt) {
      boolean own = doubt != null;
      if (!receipt.fingerprint().equals(fingerprint)) {
        return new Outcome.KeyReused();
      }
      if (own) {
        listener.committed(receipt.events());
      }
      return new Outcome.Committed(draft, receipt.events(), !own);
    }

    /**
     * @return null when the draft moved on in between, or the command was carried out
     */
    private @Nullable Outcome commit(Optional<DraftHead> head, List<DraftEvent> events) {
      Commit commit =
          new Commit(
              draft,
              head.map(DraftHead::revision).orElse(0L),
              key,
              fingerprint,
              after(head, events),
              events);
      long history = recent.history();
      return switch (store.append(commit)) {
        case RevisionConflict moved -> {
          recent.forget(draft);
          yield null;
        }
        case CommandRepeated repeated -> {
          recent.forget(draft);
          yield null;
        }
        case Appended appended -> {
          recent.remember(draft, new DraftHead(commit.after(), null), history);
          listener.committed(appended.events());
          yield new Outcome.Committed(draft, appended.events(), false);
        }
      };
    }

    private DraftSummary after(Optional<DraftHead> head, List<DraftEvent> events) {
      DraftSummary summary = head.map(DraftHead::summary).orElse(null);
      long revision = head.map(DraftHead::revision).orElse(0L);
      for (DraftEvent event : events) {
        revision++;
        RecordedEvent next = new RecordedEvent(draft, revision, event);
        summary = summary == null ? DraftSummary.startedBy(next) : summary.after(next);
      }
      return Objects.requireNonNull(summary, "a decision has at least one event");
    }
  }
}
