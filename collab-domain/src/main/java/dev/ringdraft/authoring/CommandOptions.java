package dev.ringdraft.authoring;

import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for beside the command itself.
 *
 * @param key under which the command may be sent again; null when it won't be
 * @param ifVersion carry it out only when the draft is at one of these versions; null for any
 * @param deadline when the command must have been answered, wherever it waits until then
 */
public record CommandOptions(
    @Nullable IdempotencyKey key, @Nullable Set<DraftVersion> ifVersion, Deadline deadline) {
  public CommandOptions {
    ifVersion = ifVersion == null ? null : Set.copyOf(ifVersion);
  }

  /** The command, once, on whatever the draft is then, however long it takes. */
  public static CommandOptions none() {
    return new CommandOptions(null, null, Deadline.none());
  }

  /** The command, at most once however often it is sent. */
  public static CommandOptions once(IdempotencyKey key) {
    return new CommandOptions(key, null, Deadline.none());
  }

  /** As this, on these versions alone. */
  public CommandOptions on(Set<DraftVersion> versions) {
    return new CommandOptions(key, versions, deadline);
  }

  /** As this, by another deadline. */
  public CommandOptions by(Deadline other) {
    return new CommandOptions(key, ifVersion, other);
  }
}
