package dev.ringdraft.view;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to read. Port. It sees every commit that {@code DraftEventStore.append} has
 * returned, and checks no permission where it gets no reader: its callers do.
 *
 * <p>Safe for use by many threads. Any method may throw {@code StoreUnavailableException}.
 */
public interface DraftCatalog {
  /** The draft with its text, all as of one revision. */
  Optional<DraftView> view(DraftId draft);

  /**
   * The draft with its text, if this user may see it.
   *
   * @return empty when they may not, after the same work as for a draft that is not there: how long
   *     it takes shows a non-member nothing
   */
  Optional<DraftView> view(DraftId draft, UserId reader);

  /** The draft without its text. */
  Optional<DraftSummary> summary(DraftId draft);

  /**
   * The draft without its text, if this user may see it.
   *
   * @return empty when they may not, after the same work as for a draft that is not there
   */
  Optional<DraftSummary> summary(DraftId draft, UserId reader);

  /**
   * The drafts of which the user is a member, by time of their last event, newest first, then by
   * id, character by character. A draft that moves while somebody pages may be met twice, never
   * missed for good.
   *
   * @param after null for the first page
   * @param limit most drafts of a page, 1 or more
   */
  DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit);
}
