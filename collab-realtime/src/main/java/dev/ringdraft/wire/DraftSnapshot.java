package dev.ringdraft.wire;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft as answers show it: what its events led to at one version. {@link DraftJson} writes and
 * reads it.
 *
 * @param collaborators in the order in which they joined
 * @param segments the last ones, in order; null where a draft is shown without its text
 * @param segmentCount of the whole draft
 */
public record DraftSnapshot(
    DraftId id,
    UserId creator,
    String title,
    @Nullable Platform platform,
    DraftStatus status,
    DraftVersion version,
    Ring ring,
    TurnPolicy turnPolicy,
    List<Collaborator> collaborators,
    @Nullable List<Segment> segments,
    int segmentCount,
    Instant createdAt,
    Instant updatedAt) {
  public DraftSnapshot {
    collaborators = List.copyOf(collaborators);
    segments = segments == null ? null : List.copyOf(segments);
  }

  /** The draft without its text. */
  public static DraftSnapshot of(DraftSummary summary, Epoch epoch) {
    return of(summary, epoch, null);
  }

  /** The draft with all of its text. */
  public static DraftSnapshot of(DraftView view, Epoch epoch) {
    return of(view.summary(), epoch, view.segments());
  }

  private static DraftSnapshot of(
      DraftSummary summary, Epoch epoch, @Nullable List<Segment> segments) {
    return new DraftSnapshot(
        summary.id(),
        summary.creator(),
        summary.title(),
        summary.platform(),
        summary.status(),
        new DraftVersion(epoch, summary.revision()),
        Ring.of(summary),
        summary.turns().policy(),
        summary.collaborators().stream().map(each -> Collaborator.of(summary, each)).toList(),
        segments,
        summary.segmentCount(),
        summary.createdAt(),
        summary.updatedAt());
  }

  /**
   * A member who is not the creator.
   *
   * @param away whether the server skips the collaborator as next holder
   */
  public record Collaborator(UserId user, Role role, Instant joinedAt, boolean away) {
    private static Collaborator of(
        DraftSummary summary, dev.ringdraft.view.Collaborator collaborator) {
      return new Collaborator(
          collaborator.user(),
          collaborator.role(),
          collaborator.joinedAt(),
          summary.turns().isAway(collaborator.user()));
    }

    /** A member of a draft, who may be its creator. */
    public static Collaborator of(DraftSummary summary, UserId member) {
      dev.ringdraft.view.Collaborator creator =
          new dev.ringdraft.view.Collaborator(
              summary.creator(), Role.CONTRIBUTOR, summary.createdAt());
      return of(
          summary,
          summary.collaborators().stream()
              .filter(each -> each.user().equals(member))
              .findFirst()
              .orElse(creator));
    }
  }

  /**
   * The ring and its turn.
   *
   * @param holdersHistory oldest first, the current one last
   * @param turnEndsAt null when the turn has no end
   * @param next null when nobody is eligible
   * @param requests in the order of the queue
   * @param away members in joining order
   */
  public record Ring(
      UserId holder,
      long term,
      List<UserId> holdersHistory,
      Instant passedAt,
      Instant turnStartedAt,
      @Nullable Instant turnEndsAt,
      int turnSegments,
      @Nullable UserId next,
      List<Request> requests,
      List<UserId> away) {
    public Ring {
      holdersHistory = List.copyOf(holdersHistory);
      requests = List.copyOf(requests);
      away = List.copyOf(away);
    }

    /** The ring of a draft. */
    public static Ring of(DraftSummary summary) {
      Draft draft = summary.draft();
      return new Ring(
          draft.ring().holder(),
          draft.ring().term(),
          summary.ring().holdersHistory(),
          summary.ring().passedAt(),
          draft.turns().startedAt(),
          draft.turnEndsAt(),
          draft.turnSegments(),
          draft.nextHolder().orElse(null),
          draft.turns().requests().stream()
              .map(each -> new Request(each.user(), each.requestedAt()))
              .toList(),
          draft.members().inJoiningOrder().stream().filter(draft.turns()::isAway).toList());
    }
  }

  /** A request for the ring that waits. */
  public record Request(UserId user, Instant requestedAt) {}
}
