package dev.ringdraft.rest.stream;

import dev.ringdraft.draft.CorruptHistoryException;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The log of a draft from its beginning up to a revision, in slices of {@value #SLICE} events, each
 * read when it is asked for. The first one is read at once, so a store that can't be reached shows
 * before an answer begins. For one thread.
 */
public final class LogSlices implements Iterator<List<RecordedEvent>> {
  /** Most events of a slice. */
  public static final int SLICE = 500;

  private final DraftEventStore log;
  private final DraftId draft;
  private final long end;
  private List<RecordedEvent> first;
  private long revision;

  /**
   * Reads the first slice.
   *
   * @param end a revision that the draft has reached, 1 or more
   */
  public LogSlices(DraftEventStore log, DraftId draft, long end) {
    this.log = log;
    this.draft = draft;
    this.end = end;
    this.first = slice();
  }

  @Override
  public boolean hasNext() {
    return revision < end;
  }

  /**
   * The next slice, with one event or more.
   *
   * @throws CorruptHistoryException when the log ends before the revision
   */
  @Override
  public List<RecordedEvent> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("revision %d is the last".formatted(end));
    }
    List<RecordedEvent> next = first.isEmpty() ? slice() : first;
    first = List.of();
    revision = next.getLast().revision();
    return next;
  }

  private List<RecordedEvent> slice() {
    List<RecordedEvent> slice =
        log.readAfter(draft, revision, (int) Math.min(SLICE, end - revision));
    if (slice.isEmpty()) {
      throw new CorruptHistoryException(
          "draft %s: no event after revision %d (expected: %d)".formatted(draft, revision, end));
    }
    return slice;
  }
}
