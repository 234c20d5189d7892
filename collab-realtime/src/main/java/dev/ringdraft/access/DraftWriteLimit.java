package dev.ringdraft.access;

import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits the commands of one draft at this server, of all users together: how many are committed in
 * a second, and how many bytes of text. It stands in front of the store of the commands, so that
 * only commands which the rules allow count: a non-member can neither use up a limit nor learn from
 * it that there is a draft.
 *
 * <p>A command counts once, however often its commit is tried. The server's own commands, such as
 * the end of a turn, count for nothing. Safe for use by many threads; never blocks.
 */
public final class DraftWriteLimit {
  /** What is allowed at once after a rest is so many times what is allowed in a second. */
  private static final int BURST = 2;

  private final RateLimiter commands;
  private final RateLimiter bytes;

  /**
   * @param perSecond most commands of a draft in a second
   * @param bytesPerSecond most bytes of text of a draft in a second, in UTF-8
   * @param nanoClock as {@link System#nanoTime}
   */
  public DraftWriteLimit(int perSecond, int bytesPerSecond, LongSupplier nanoClock) {
    this.commands = new RateLimiter(perSecond, BURST * perSecond, nanoClock);
    this.bytes = new RateLimiter(bytesPerSecond, BURST * bytesPerSecond, nanoClock);
  }

  /**
   * The same store for commands, limited. Its {@code append} throws {@link LimitReachedException}.
   */
  public DraftEventStore limit(DraftEventStore store) {
    return new ForwardingStore(store) {
      @Override
      public DraftEventStore within(Deadline deadline) {
        return new CommandStore(store.within(deadline));
      }
    };
  }

  private void count(Commit commit) {
    refuse(
        Limit.DRAFT_COMMANDS,
        "commands of this draft",
        commands,
        commands.count(commit.draft(), 1));
    long size = size(commit);
    if (size > 0) {
      refuse(Limit.DRAFT_BYTES, "bytes of this draft", bytes, count(commit.draft(), size));
    }
  }

  /** A text that is larger than the limit counts as much as fits into an unused one. */
  private Duration count(DraftId draft, long size) {
    return bytes.count(draft, (int) Math.min(size, bytes.burst()));
  }

  private static long size(Commit commit) {
    long size = 0;
    for (DraftEvent event : commit.events()) {
      if (event instanceof SegmentAdded added) {
        size += bytes(added.segment().content());
      }
    }
    return size;
  }

  /** The length in UTF-8, without a copy. Both halves of a surrogate pair are two bytes. */
  private static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes++;
      } else {
        bytes += unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
      }
    }
    return bytes;
  }

  private static void refuse(Limit limit, String what, RateLimiter limiter, Duration wait) {
    if (!wait.isZero()) {
      throw new LimitReachedException(
          limit,
          "more than %d %s in a second".formatted(limiter.perSecond(), what),
          limiter.perSecond(),
          wait);
    }
  }

  /** The store of one command. For one thread at a time, as the command is. */
  private final class CommandStore extends ForwardingStore {
    private boolean counted;

    CommandStore(DraftEventStore store) {
      super(store);
    }

    @Override
    public AppendResult append(Commit commit) {
      if (counted || commit.key().actor().isReserved()) {
        return super.append(commit);
      }
      try {
        count(commit);
        counted = true;
      } catch (LimitReachedException reached) {
        // A repeated command gets its first outcome, as often as a client asks.
        if (hasReceipt(commit)) {
          return new AppendResult.CommandRepeated();
        }
        throw reached;
      }
      return super.append(commit);
    }

    private boolean hasReceipt(Commit commit) {
      return commit.expectedRevision() > 0
          && load(commit.draft(), commit.key()).map(head -> head.receipt() != null).orElse(false);
    }
  }
}
