package dev.ringdraft.draft;

import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.turn.TurnPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A draft to be started: begins with {@link #titled}, the rest is optional.
 *
 * @param platform where the text is to be published; null when not said
 * @param initialSegment the first segment; null for a draft that starts empty
 * @param turnPolicy null for {@link TurnPolicy#defaults()}
 */
public record NewDraft(
    String title,
    @Nullable Platform platform,
    @Nullable NewSegment initialSegment,
    @Nullable TurnPolicy turnPolicy) {
  /** A draft of this title that starts empty, for no platform. */
  public static NewDraft titled(String title) {
    return new NewDraft(title, null, null, null);
  }

  /** As this, for a platform. */
  public NewDraft on(Platform chosen) {
    return new NewDraft(title, chosen, initialSegment, turnPolicy);
  }

  /** As this, with a first segment. */
  public NewDraft startingWith(NewSegment segment) {
    return new NewDraft(title, platform, segment, turnPolicy);
  }

  /** As this, with rules for its turns. */
  public NewDraft under(TurnPolicy policy) {
    return new NewDraft(title, platform, initialSegment, policy);
  }
}
