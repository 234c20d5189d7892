package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftEvent;
import java.util.List;

/** What one attempt at a command has led to. */
sealed interface AttemptResult {
  /** The command is answered. */
  record Done(Outcome outcome) implements AttemptResult {}

  /** The rules accept the command on the head as it was loaded; nothing is committed yet. */
  record Allowed(List<DraftEvent> events) implements AttemptResult {}

  /** Nothing was committed and nothing decided: the draft has to be loaded. */
  record Retry() implements AttemptResult {}
}
