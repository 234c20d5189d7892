package dev.ringdraft.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.view.Collaborator;
import dev.ringdraft.view.DraftSummary;
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
    TurnPolicy turnPolicy,
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
        RingStateJson.of(summary),
        summary.turns().policy(),
        summary.collaborators().stream().map(each -> CollaboratorJson.of(summary, each)).toList(),
        segments,
        summary.segmentCount(),
        summary.createdAt(),
        summary.updatedAt());
  }

  /**
   * A collaborator as answers show it.
   *
   * @param away whether the server skips the collaborator as next holder
   */
  public record CollaboratorJson(UserId userId, Role role, Instant joinedAt, boolean away) {
    static CollaboratorJson of(DraftSummary summary, Collaborator collaborator) {
      return new CollaboratorJson(
          collaborator.user(),
          collaborator.role(),
          collaborator.joinedAt(),
          summary.turns().isAway(collaborator.user()));
    }

    /** A member of a draft, who may be its creator. */
    public static CollaboratorJson of(DraftSummary summary, UserId member) {
      Collaborator creator =
          new Collaborator(summary.creator(), Role.CONTRIBUTOR, summary.createdAt());
      return of(
          summary,
          summary.collaborators().stream()
              .filter(each -> each.user().equals(member))
              .findFirst()
              .orElse(creator));
    }
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
  public record Drafts(List<DraftJson> data, @Nullable String nextCursor) {}

  /** A page of segments. */
  public record Segments(SegmentSlice data, Epoch epoch) {}
}
