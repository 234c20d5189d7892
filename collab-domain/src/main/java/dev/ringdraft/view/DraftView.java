package dev.ringdraft.view;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.NumberedEvent;
import dev.ringdraft.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * All that people see of a draft: its summary and its text.
 *
 * @param segments in the order of their positions; as many as the summary counts
 */
public record DraftView(DraftSummary summary, List<Segment> segments) {
  public DraftView {
    segments = List.copyOf(segments);
    if (segments.size() != summary.segmentCount()) {
      throw new CorruptHistoryException(
          "%d segments (expected: %d)".formatted(segments.size(), summary.segmentCount()));
    }
  }

  /**
   * The view that a whole history leads to.
   *
   * @param events from revision 1 on, without a gap
   * @throws CorruptHistoryException when they cannot have followed each other
   */
  public static DraftView replay(List<? extends NumberedEvent> events) {
    if (events.isEmpty()) {
      throw new CorruptHistoryException("a history begins with draft_created");
    }
    DraftSummary summary = DraftSummary.startedBy(events.getFirst());
    List<Segment> segments = new ArrayList<>();
    for (NumberedEvent event : events.subList(1, events.size())) {
      summary = summary.after(event);
      if (event.event() instanceof SegmentAdded added) {
        segments.add(added.segment());
      }
    }
    return new DraftView(summary, segments);
  }
}
