package dev.ringdraft.rest.json;

import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.wire.DraftSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft as answers show it, with the bytes of its segments.
 *
 * @param draft without segments
 * @param segments null, and left out, where a draft is shown without its text
 */
public record DraftBody(DraftSnapshot draft, @Nullable SegmentSlice segments) {
  /** The draft without its text. */
  public static DraftBody of(DraftSummary summary, Epoch epoch) {
    return new DraftBody(DraftSnapshot.of(summary, epoch), null);
  }

  /** The draft with some or all of its text. */
  public static DraftBody of(DraftSummary summary, Epoch epoch, SegmentSlice segments) {
    return new DraftBody(DraftSnapshot.of(summary, epoch), segments);
  }

  /** Any answer that is one thing. */
  public record Data(Object data) {}

  /**
   * What a mutation led to.
   *
   * @param revision of the draft when it had been carried out
   */
  public record Change(Object data, long revision) {}

  /**
   * A page of drafts.
   *
   * @param nextCursor null at the end
   */
  public record Drafts(List<DraftBody> data, @Nullable String nextCursor) {}

  /** A page of segments. */
  public record Segments(SegmentSlice data, Epoch epoch) {}

  /**
   * A request for the ring that has just been made.
   *
   * @param position its place in the queue, from 1
   */
  public record PlacedRequest(UserId userId, Instant requestedAt, int position) {}
}
