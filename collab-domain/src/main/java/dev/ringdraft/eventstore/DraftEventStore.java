package dev.ringdraft.eventstore;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log of all drafts: the one place where facts are. Port.
 *
 * <p>What it promises, and what breaks otherwise:
 *
 * <ul>
 *   <li>A commit is written whole or not at all, and only on the revision that it expects: else two
 *       holders could write for one turn.
 *   <li>No command gets a second receipt, whether the first one was looked for or not: else a
 *       command that is sent again to a server that remembers the draft would be carried out twice.
 *   <li>Revisions of a draft are 1, 2, 3 … without a gap, and an event is visible only when all
 *       before it are: else a viewer would wait for ever or miss a word.
 *   <li>When {@link #append} has returned, the events outlive a crash: else an acknowledged word
 *       could be lost.
 *   <li>{@code load} reads draft, revision and receipt as of one instant: else a repeated command
 *       could be carried out twice.
 *   <li>{@code load} does the same work for a draft that is not there and for one that the caller
 *       may not see: else its time would show a non-member which drafts there are.
 *   <li>An event comes back equal to the written one; its instant is in whole milliseconds.
 * </ul>
 *
 * <p>Safe for use by many threads and, on the same storage, by many processes. Any method may throw
 * {@link StoreUnavailableException}.
 */
public interface DraftEventStore {
  /**
   * The draft as it is now, for one of its members.
   *
   * @return empty when there is no such draft, or this user is no member of it
   */
  Optional<DraftHead> load(DraftId draft, UserId member);

  /**
   * The draft as it is now, together with a command's receipt, for the sender of that command.
   *
   * @return empty when there is no such draft, or the command's actor is no member of it and the
   *     command has no receipt: it may be what they did before they went. An actor of the server's
   *     own ({@link UserId#isReserved}) sees each draft
   */
  Optional<DraftHead> load(DraftId draft, CommandKey command);

  /**
   * Makes facts permanent. Of the two answers that nothing was written the store may give either
   * when both are true.
   *
   * @throws CommitInDoubtException when the answer was lost: the commit may or may not have been
   *     made, and may still be made until the draft's revision moves
   */
  AppendResult append(Commit commit);

  /**
   * The events that follow a revision, in order.
   *
   * @param revision 0 for the beginning; beyond the head there is nothing
   * @param limit most events to return, 1 or more
   */
  List<RecordedEvent> readAfter(DraftId draft, long revision, int limit);

  /** The revisions that these drafts are at; a draft that does not exist is left out. */
  Map<DraftId, Long> heads(Collection<DraftId> drafts);

  /**
   * The history that the revisions count in. When the store comes back with another one, as after
   * the promotion of a replica, it changes before anything of the new history is shown.
   */
  Epoch epoch();

  /**
   * This store for one operation in the present history: none of its methods waits past the
   * deadline or shows another history, each throws {@link StoreUnavailableException} or {@link
   * CommitInDoubtException} instead. A store that never waits, or can't bound its waits, and has
   * one history is its own.
   */
  default DraftEventStore within(Deadline deadline) {
    return this;
  }
}
