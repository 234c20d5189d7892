package dev.ringdraft.view;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NumberedEvent;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.member.Members;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.turn.Turns;
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
 * @param turns policy, present turn, queue and attendance
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
    Turns turns,
    List<Collaborator> collaborators,
    int segmentCount,
    Instant createdAt,
    Instant updatedAt) {
  private static final DraftChange UNCHANGED = new DraftChange(null, null, null);

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
        Draft.startedBy(created).turns(),
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
    DraftEvent event = next.event();
    if (event instanceof SegmentAdded) {
      return with(event, segmentCount + 1, turns);
    }
    return with(event, segmentCount, draft().evolve(event).turns());
  }

  private DraftSummary with(DraftEvent event, int newSegmentCount, Turns newTurns) {
    DraftChange change = event instanceof DraftUpdated updated ? updated.change() : UNCHANGED;
    return new DraftSummary(
        id,
        creator,
        change.title() == null ? title : change.title(),
        platform,
        change.status() == null ? status : change.status(),
        revision + 1,
        event instanceof RingPassed passed ? ring.passedTo(passed.to(), passed.at()) : ring,
        newTurns,
        collaboratorsAfter(event),
        newSegmentCount,
        createdAt,
        event.at());
  }

  private List<Collaborator> collaboratorsAfter(DraftEvent event) {
    return switch (event) {
      case CollaboratorAdded added -> joined(added);
      case CollaboratorRemoved removed -> left(removed);
      case CollaboratorUpdated updated -> updated(updated);
      case DraftCreated e -> collaborators;
      case SegmentAdded e -> collaborators;
      case RingPassed e -> collaborators;
      case RingRequested e -> collaborators;
      case RingRequestRemoved e -> collaborators;
      case DraftUpdated e -> collaborators;
    };
  }

  private List<Collaborator> joined(CollaboratorAdded added) {
    List<Collaborator> more = new ArrayList<>(collaborators);
    more.add(new Collaborator(added.user(), added.role(), added.at()));
    return more;
  }

  private List<Collaborator> left(CollaboratorRemoved removed) {
    return collaborators.stream().filter(c -> !c.user().equals(removed.user())).toList();
  }

  private List<Collaborator> updated(CollaboratorUpdated updated) {
    Role role = updated.change().role();
    return role == null
        ? collaborators
        : collaborators.stream()
            .map(
                each ->
                    each.user().equals(updated.user())
                        ? new Collaborator(each.user(), role, each.joinedAt())
                        : each)
            .toList();
  }

  /** The part that the rules read. */
  public Draft draft() {
    Map<UserId, Role> roles = new LinkedHashMap<>();
    collaborators.forEach(each -> roles.put(each.user(), each.role()));
    return new Draft(new Members(creator, roles), ring.ring(), status, segmentCount, turns);
  }

  /** Whether the user may see the draft. */
  public boolean isVisibleTo(UserId user) {
    return creator.equals(user) || collaborators.stream().anyMatch(c -> c.user().equals(user));
  }
}
