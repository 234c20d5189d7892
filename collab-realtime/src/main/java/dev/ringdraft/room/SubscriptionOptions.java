package dev.ringdraft.room;

import org.jspecify.annotations.Nullable;

/**
 * How somebody wants to watch.
 *
 * @param after what they know already; null for live events alone
 * @param echo whether they receive the events that they caused themselves
 * @param presence whether they receive presence
 * @param listed whether presence lists them
 */
public record SubscriptionOptions(
    @Nullable ResumePoint after, boolean echo, boolean presence, boolean listed) {
  /** Live events, those of one's own too, and presence; being listed. */
  public static SubscriptionOptions live() {
    return new SubscriptionOptions(null, true, true, true);
  }

  /** As this, but going on from a revision. */
  public SubscriptionOptions after(long revision) {
    return new SubscriptionOptions(new ResumePoint(revision, null), echo, presence, listed);
  }

  /** As this, but without presence, in both directions. */
  public SubscriptionOptions unlisted() {
    return new SubscriptionOptions(after, echo, false, false);
  }
}
