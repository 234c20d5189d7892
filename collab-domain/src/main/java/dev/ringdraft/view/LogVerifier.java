package dev.ringdraft.view;

import dev.ringdraft.draft.DraftId;
import java.util.function.Consumer;

/**
 * Verifies what a store holds, by {@link LogReplay}. Port. It reads alone, in small parts, and may
 * do so beside servers that write: each draft is compared as of one instant.
 *
 * <p>Any method may throw {@code StoreUnavailableException}.
 */
public interface LogVerifier {
  /**
   * Verifies all drafts.
   *
   * @param faults gets each fault as it is found
   * @param progress gets the totals so far, after each draft
   */
  Verified verifyAll(Consumer<LogFault> faults, Consumer<Verified> progress);

  /**
   * Verifies one draft.
   *
   * @return without a draft when there is none of this id
   */
  Verified verify(DraftId draft, Consumer<LogFault> faults);

  /** How much was verified, and how many faults were found. */
  record Verified(long drafts, long events, long faults) {
    /** Before the first draft. */
    public static final Verified NOTHING = new Verified(0, 0, 0);

    /** With one draft more. */
    public Verified plus(long moreEvents, int moreFaults) {
      return new Verified(drafts + 1, events + moreEvents, faults + moreFaults);
    }
  }
}
