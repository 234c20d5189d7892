package dev.ringdraft.authoring;

import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One command of a random sequence, sent under a key that other steps may share. */
record Step(IdempotencyKey key, DraftCommand command) {

  /** Whether both say the same; when they came and what ids the server chose doesn't matter. */
  boolean saysTheSameAs(Step other) {
    return said().equals(other.said());
  }

  private List<Object> said() {
    return switch (command) {
      case AppendSegment c ->
          List.of("append", c.actor(), c.segment().content(), orNone(c.ringTerm()));
      case PassRing c -> List.of("pass", c.actor(), orNone(c.to()), orNone(c.ringTerm()));
      case AddCollaborator c -> List.of("add", c.actor(), c.user(), c.role());
      case RemoveCollaborator c -> List.of("remove", c.actor(), c.user());
      case UpdateDraft c -> List.of("update", c.actor(), orNone(c.change()));
      case DraftCommand other -> List.of(other);
    };
  }

  private static Object orNone(@Nullable Object value) {
    return Objects.requireNonNullElse(value, "none");
  }
}
