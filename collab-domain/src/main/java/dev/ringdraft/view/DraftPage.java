package dev.ringdraft.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a member's drafts.
 *
 * @param drafts newest activity first
 * @param next where to go on; null at the end
 */
public record DraftPage(List<DraftSummary> drafts, @Nullable DraftCursor next) {
  public DraftPage {
    drafts = List.copyOf(drafts);
  }
}
