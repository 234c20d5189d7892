package dev.ringdraft.view;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NumberedEvent;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that people see of a draft except its segments.
 *
 * @param revision number of the last event that is in it
 * @param collaborators in the order in which they joined
 * @param updatedAt when its last event was accepted
 */
public record DraftSummary(
    DraftId id,
    UserId creator,
    String title,
    @Nullable Platform platform,
    DraftStatus status,
    long revision,
    RingState ring,
    List<Collaborator> collaborators,
    int segmentCount,
    Instant createdAt,
    Instant updatedAt) {
  public DraftSummary {
    collaborators = List.copyOf(collaborators);
  }

  /**
   * The summary after a draft's first event.
   *
   * @throws CorruptHistoryException when that is not its creation
   */
  public static DraftSummary startedBy(NumberedEvent first) {
    if (first.revision() != 1 || !(first.event() instanceof DraftCreated created)) {
      throw new CorruptHistoryException("a history begins with draft_created at revision 1");
    }
    return new DraftSummary(
        first.draft(),
        created.actor(),
        created.title(),
        created.platform(),
        DraftStatus.ACTIVE,
        1,
        RingState.startedBy(created.actor(), created.at()),
        List.of(),
        0,
        created.at(),
        created.at());
  }

  /**
   * The summary after the next event.
   *
   * @throws CorruptHistoryException when the event is not the next
   */
  public DraftSummary after(NumberedEvent next) {
    if (next.revision() != revision + 1) {
      throw new CorruptHistoryException(
          "revision %d after %d".formatted(next.revision(), revision));
    }
    return switch (next.event()) {
      case DraftCreated again -> throw new CorruptHistoryException("draft_created came twice");
      case SegmentAdded added -> with(title, status, ring, collaborators, segmentCount + 1, next);
      case RingPassed passed ->
          with(
              title,
              status,
              ring.passedTo(passed.to(), passed.at()),
              collaborators,
              segmentCount,
              next);
      case CollaboratorAdded added -> with(title, status, ring, joined(added), segmentCount, next);
      case CollaboratorRemoved removed ->
          with(title, status, ring, left(removed), segmentCount, next);
      case DraftUpdated updated ->
          with(
              updated.title() == null ? title : updated.title(),
              updated.status() == null ? status : updated.status(),
              ring,
              collaborators,
              segmentCount,
              next);
    };
  }

  private DraftSummary with(
      String newTitle,
      DraftStatus newStatus,
      RingState newRing,
      List<Collaborator> newCollaborators,
      int newSegmentCount,
      NumberedEvent last) {
    return new DraftSummary(
        id,
        creator,
        newTitle,
        platform,
        newStatus,
        last.revision(),
        newRing,
        newCollaborators,
        newSegmentCount,
        createdAt,
        last.event().at());
  }

  private List<Collaborator> joined(CollaboratorAdded added) {
    List<Collaborator> more = new ArrayList<>(collaborators);
    more.add(new Collaborator(added.user(), added.role(), added.at()));
    return more;
  }

  private List<Collaborator> left(CollaboratorRemoved removed) {
    return collaborators.stream().filter(c -> !c.user().equals(removed.user())).toList();
  }

  /** The part that the rules read. */
  public Draft draft() {
    Map<UserId, Role> roles = new LinkedHashMap<>();
    collaborators.forEach(each -> roles.put(each.user(), each.role()));
    return new Draft(new Members(creator, roles), ring.ring(), status, segmentCount);
  }

  /** Whether the user may see the draft. */
  public boolean isVisibleTo(UserId user) {
    return creator.equals(user) || collaborators.stream().anyMatch(c -> c.user().equals(user));
  }
}
