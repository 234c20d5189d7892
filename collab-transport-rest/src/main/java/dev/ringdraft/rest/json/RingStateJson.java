package dev.ringdraft.rest.json;

import dev.ringdraft.draft.Draft;
import dev.ringdraft.member.UserId;
import dev.ringdraft.view.DraftSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ring and its turn as answers show them. */
public record RingStateJson(
    UserId currentHolderId,
    long term,
    List<UserId> holdersHistory,
    Instant passedAt,
    Instant turnStartedAt,
    @Nullable Instant turnEndsAt,
    int turnSegments,
    @Nullable UserId nextUserId,
    List<RequestJson> requests,
    List<UserId> away) {

  /** The ring of a draft. */
  public static RingStateJson of(DraftSummary summary) {
    Draft draft = summary.draft();
    return new RingStateJson(
        draft.ring().holder(),
        draft.ring().term(),
        summary.ring().holdersHistory(),
        summary.ring().passedAt(),
        draft.turns().startedAt(),
        draft.turnEndsAt(),
        draft.turnSegments(),
        draft.nextHolder().orElse(null),
        draft.turns().requests().stream()
            .map(each -> new RequestJson(each.user(), each.requestedAt()))
            .toList(),
        draft.members().inJoiningOrder().stream().filter(draft.turns()::isAway).toList());
  }

  /** A request that waits. */
  public record RequestJson(UserId userId, Instant requestedAt) {}

  /**
   * A request that has just been made.
   *
   * @param position its place in the queue, from 1
   */
  public record PlacedRequestJson(UserId userId, Instant requestedAt, int position) {}
}
