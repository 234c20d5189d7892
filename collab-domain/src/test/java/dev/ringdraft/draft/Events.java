package dev.ringdraft.draft;

import static dev.ringdraft.draft.Cast.ANA;
import static dev.ringdraft.draft.Cast.NOW;
import static dev.ringdraft.draft.Cast.SEGMENT;
import static dev.ringdraft.draft.Cast.TITLE;

import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;

/** What happened, in short words, all at {@link Cast#NOW} in ANA's draft. */
public final class Events {
  private Events() {}

  public static DraftCreated created() {
    return new DraftCreated(ANA, NOW, TITLE, null, null);
  }

  public static CollaboratorAdded contributor(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.CONTRIBUTOR);
  }

  public static CollaboratorAdded viewer(UserId user) {
    return new CollaboratorAdded(ANA, NOW, user, Role.VIEWER);
  }

  public static CollaboratorRemoved removed(UserId user) {
    return new CollaboratorRemoved(ANA, NOW, user);
  }

  public static CollaboratorRemoved left(UserId user) {
    return new CollaboratorRemoved(user, NOW, user);
  }

  public static SegmentAdded segment(UserId author, int position) {
    return segment(author, position, "words");
  }

  public static SegmentAdded segment(UserId author, int position, String content) {
    return new SegmentAdded(new Segment(SEGMENT, author, content, position, NOW));
  }

  public static RingPassed passed(UserId from, UserId to, long term) {
    return new RingPassed(from, NOW, from, to, term, PassReason.PASSED, null);
  }

  /** The ring went back to ANA because its holder goes. */
  public static RingPassed returned(UserId actor, UserId from, long term) {
    return new RingPassed(actor, NOW, from, ANA, term, PassReason.RETURNED, null);
  }

  public static DraftUpdated titled(String title) {
    return new DraftUpdated(ANA, NOW, DraftChange.title(title));
  }

  public static DraftUpdated became(DraftStatus status) {
    return new DraftUpdated(ANA, NOW, DraftChange.status(status));
  }
}
