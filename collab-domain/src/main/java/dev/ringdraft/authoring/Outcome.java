package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.Rejection;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import java.util.List;

/** What became of a command. */
public sealed interface Outcome {
  /**
   * It was carried out and is permanent.
   *
   * @param epoch the history in which the events have their revisions
   * @param events what it led to, in order; one or more
   * @param replayed whether that was earlier, and this call changed nothing
   */
  record Committed(DraftId draft, Epoch epoch, List<RecordedEvent> events, boolean replayed)
      implements Outcome {
    public Committed {
      events = List.copyOf(events);
    }

    /** The draft's revision when the command had been carried out. */
    public long revision() {
      return events.getLast().revision();
    }

    /** The draft's version when the command had been carried out. */
    public DraftVersion version() {
      return new DraftVersion(epoch, revision());
    }
  }

  /** A rule forbids it. */
  record Refused(Rejection rejection) implements Outcome {}

  /** The key belongs to another command of the same user. */
  record KeyReused() implements Outcome {}

  /** The draft is not at the version that the caller insists on, but at this one. */
  record PreconditionFailed(DraftVersion current) implements Outcome {}

  /** Others were quicker too many times; sending it again helps. */
  record Contended() implements Outcome {}
}
