package dev.ringdraft.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.RingState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft as answers show it.
 *
 * @param segments null, and left out, where a draft is shown without its text
 */
public record DraftJson(
    DraftId draftId,
    UserId creatorId,
    String title,
    @Nullable Platform platform,
    DraftStatus status,
    long revision,
    Epoch epoch,
    RingStateJson ringState,
    List<CollaboratorJson> collaborators,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SegmentSlice segments,
    int segmentCount,
    Instant createdAt,
    Instant updatedAt) {

  /** The draft without its text. */
  public static DraftJson of(DraftSummary summary, Epoch epoch) {
    return of(summary, epoch, null);
  }

  /** The draft with some or all of its text. */
  public static DraftJson of(DraftSummary summary, Epoch epoch, @Nullable SegmentSlice segments) {
    return new DraftJson(
        summary.id(),
        summary.creator(),
        summary.title(),
        summary.platform(),
        summary.status(),
        summary.revision(),
        epoch,
        RingStateJson.of(summary.ring()),
        summary.collaborators().stream()
            .map(c -> new CollaboratorJson(c.user(), c.role(), c.joinedAt()))
            .toList(),
        segments,
        summary.segmentCount(),
        summary.createdAt(),
        summary.updatedAt());
  }

  /** The ring as answers show it. */
  public record RingStateJson(
      UserId currentHolderId, long term, List<UserId> holdersHistory, Instant passedAt) {
    public static RingStateJson of(RingState state) {
      return new RingStateJson(
          state.ring().holder(), state.ring().term(), state.holdersHistory(), state.passedAt());
    }
  }

  /** A collaborator as answers show it. */
  public record CollaboratorJson(UserId userId, Role role, Instant joinedAt) {}

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
  public record Drafts(List<DraftJson> data, @Nullable String nextCursor) {}

  /** A page of segments. */
  public record Segments(SegmentSlice data, Epoch epoch) {}
}
