package dev.ringdraft.authoring;

import dev.ringdraft.eventstore.CommitInDoubtException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Attempts one command until it is answered: first on the cached head, then on the draft as it is
 * loaded. After a lost answer to a commit it goes on, since a receipt that turns up is then its
 * own; after the last attempt it looks for that receipt once more. For one thread, once.
 */
final class InDoubtRetry {
  private final CommandHandler handler;
  private final int loads;
  private @Nullable CommitInDoubtException doubt;

  /**
   * @param loads how often the draft may be loaded to decide on the command
   */
  InDoubtRetry(CommandHandler handler, int loads) {
    this.handler = handler;
    this.loads = loads;
  }

  Outcome run() {
    AttemptResult result = attempt(handler::attemptOnCachedHead);
    for (int i = 0; i < loads && !(result instanceof AttemptResult.Done); i++) {
      result = attempt(() -> handler.attempt(doubt != null));
    }
    if (result instanceof AttemptResult.Done done) {
      return done.outcome();
    }
    return doubt == null ? new Outcome.Contended() : handler.resolve(doubt);
  }

  private AttemptResult attempt(Supplier<AttemptResult> attempt) {
    try {
      return attempt.get();
    } catch (CommitInDoubtException lost) {
      doubt = lost;
      return new AttemptResult.Retry();
    }
  }
}
