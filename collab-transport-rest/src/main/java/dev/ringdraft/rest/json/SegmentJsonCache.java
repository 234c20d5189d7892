package dev.ringdraft.rest.json;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;

/**
 * The segments of drafts as answers show them, written once: a segment never changes and the next
 * one comes behind it, so the text for one reader is the beginning of what the next one gets. Only
 * events that are new since then are read.
 *
 * <p>Keeps {@value #MAX_BYTES} bytes at most, of the drafts that are read most. Which revision is
 * the present one is not known here: the caller has read it. Safe for use by many threads.
 */
public final class SegmentJsonCache {
  /** Most bytes of text to keep. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final int PAGE = 1_000;

  private final DraftEventStore store;
  private final Cache<DraftId, Text> texts =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .<DraftId, Text>weigher((draft, text) -> text.segments.bytes())
          .build();

  public SegmentJsonCache(DraftEventStore store) {
    this.store = store;
  }

  /** A draft's segments up to a revision that it has reached. */
  public SegmentArray upTo(DraftId draft, long revision) {
    Epoch epoch = store.epoch();
    Text none = new Text(epoch, 0, SegmentArray.EMPTY);
    Text found = texts.getIfPresent(draft);
    Text known = found != null && found.epoch.equals(epoch) ? found : none;
    if (known.revision == revision) {
      return known.segments;
    }
    if (known.revision > revision) {
      // The draft moved on while this reader was on the way.
      return grown(draft, none, revision).segments;
    }
    Text grown = grown(draft, known, revision);
    texts.put(draft, grown);
    return grown.segments;
  }

  private Text grown(DraftId draft, Text from, long revision) {
    SegmentArray.Builder segments = from.segments.toBuilder();
    long read = from.revision;
    while (read < revision) {
      int wanted = (int) Math.min(PAGE, revision - read);
      for (RecordedEvent event : store.readAfter(draft, read, wanted)) {
        if (event.event() instanceof SegmentAdded added) {
          segments.add(draft, added.segment());
        }
      }
      read += wanted;
    }
    return new Text(from.epoch, revision, segments.build());
  }

  /** The written segments of one draft, in one history. */
  private record Text(Epoch epoch, long revision, SegmentArray segments) {}
}
