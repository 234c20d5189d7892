package dev.ringdraft.draft;

/** An event with its place in its draft's history. */
public interface NumberedEvent {
  DraftId draft();

  /** Its number in its draft: 1, 2, 3 … without gaps. */
  long revision();

  DraftEvent event();
}
