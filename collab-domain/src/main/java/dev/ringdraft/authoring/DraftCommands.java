package dev.ringdraft.authoring;

import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Carries out commands: load, look for a receipt, decide, commit, notify. The one way in which a
 * draft changes.
 *
 * <p>In this order: the receipt of the same command, if there is one, is the answer whatever the
 * rules say now; then the version that the caller insists on; then the rules. When another server's
 * commit came first it decides again, {@value #MAX_ATTEMPTS} times at most.
 *
 * <p>A draft that this server has just changed need not be loaded: the command is tried on the
 * cached head. Only an acceptance is acted on, and the commit says whether it was right: the store
 * refuses it when the draft has moved on or the command has its receipt. Then, and whenever the
 * rules refuse on the cached head, the draft is loaded as if nothing were cached.
 *
 * <p>An actor that is not known as a member is looked up before the draft's lock, and a non-member
 * never waits for it: the time of a refusal says nothing about a draft, and nobody holds up its
 * members. That look is a member's load, not one more.
 *
 * <p>When the store's answer to a commit was lost it never guesses: it loads again, and finds
 * either the receipt, or a draft on which the lost commit can no more be made without its own
 * failing. From then on no head is cached of any draft, as a store that broke off may come back as
 * a standby that lacks its last commits.
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
   * on a cached head is not counted.
   */
  public static final int MAX_ATTEMPTS = 3;

  /** The id of the command that began a draft: no caller's key is empty, so it is nobody else's. */
  private static final String BEGINNING = "";

  private final DraftEventStore store;
  private final CommitListener listener;
  private final DraftLimits limits;
  private final IdSource ids;
  private final KeyedLocks locks;
  private final HeadCache heads;

  /**
   * @param listener hears of every commit, after it is permanent. What it throws goes to the
   *     thread's handler of uncaught exceptions; {@link CommitListener#all} names another handler,
   *     and takes several listeners
   * @param ids names new drafts, and commands that came without a key
   */
  public DraftCommands(
      DraftEventStore store, CommitListener listener, DraftLimits limits, IdSource ids) {
    this.store = store;
    this.listener = CommitListener.all(DraftCommands::report, listener);
    this.limits = limits;
    this.ids = ids;
    this.locks = new KeyedLocks();
    this.heads = new HeadCache();
  }

  private DraftCommands(DraftCommands other, DraftEventStore store) {
    this.store = store;
    this.listener = other.listener;
    this.limits = other.limits;
    this.ids = other.ids;
    this.locks = other.locks;
    this.heads = other.heads;
  }

  /**
   * These commands through another view of the same store, for instance one that writes rows of the
   * service in the transaction of a commit. They share the locks, the cached heads and the listener
   * with this, so both may be used at once. Costs nothing: make one for each command.
   */
  public DraftCommands through(DraftEventStore view) {
    return new DraftCommands(this, view);
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
    CommandHandler handler =
        handler(
            new PendingCommand(
                draft,
                new CommandKey(command.actor(), BEGINNING),
                CommandFingerprint.of(command),
                new CommandOptions(null, null, options.deadline()),
                head ->
                    head.isPresent()
                        ? new Rejected(new DraftUnknown())
                        : Draft.decide(command, limits)));
    return inTurn(handler, MAX_ATTEMPTS);
  }

  /**
   * Changes a draft.
   *
   * @throws StoreUnavailableException when the store can't be reached, or the deadline has passed;
   *     a command that was sent with a key may then be sent again without fear
   */
  public Outcome handle(DraftId draft, DraftCommand command, CommandOptions options) {
    String commandId = options.key() == null ? ids.next() : options.key().value();
    CommandHandler handler =
        handler(
            new PendingCommand(
                draft,
                new CommandKey(command.actor(), commandId),
                CommandFingerprint.of(command),
                options,
                head ->
                    head.map(found -> found.draft().decide(command, limits))
                        .orElseGet(() -> new Rejected(new DraftUnknown()))));
    if (handler.isKnownMember()) {
      return inTurn(handler, MAX_ATTEMPTS);
    }
    return handler.precheck() instanceof AttemptResult.Done done
        ? done.outcome()
        : inTurn(handler, MAX_ATTEMPTS - 1);
  }

  private static void report(RuntimeException fault) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
  }

  private CommandHandler handler(PendingCommand command) {
    return new CommandHandler(command, store.within(command.options().deadline()), heads, listener);
  }

  private Outcome inTurn(CommandHandler handler, int loads) {
    PendingCommand command = handler.command();
    return locks.withLock(
        command.draft(),
        command.options().deadline(),
        () -> new InDoubtRetry(handler, loads).run());
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
}
