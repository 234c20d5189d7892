package dev.ringdraft.wire;

import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;

/**
 * A turn policy as JSON: {@code {"order":…,"max_seconds":…,"max_segments":…,
 * "away_after_missed":…}}, each limit null when there is none.
 */
public final class TurnPolicyJson {
  private TurnPolicyJson() {}

  /** Writes it as the member {@code turn_policy} of an object that has begun. */
  public static void member(JsonWriter json, TurnPolicy policy) {
    json.beginObject("turn_policy")
        .member("order", WireName.of(policy.order()))
        .number("max_seconds", policy.maxSeconds())
        .number("max_segments", policy.maxSegments())
        .number("away_after_missed", policy.awayAfterMissed())
        .endObject();
  }

  /** Reads it from the member {@code turn_policy}. */
  static TurnPolicy read(JsonObject json) {
    return json.object("turn_policy")
        .checked(
            policy ->
                new TurnPolicy(
                    policy.constant("order", TurnOrder.class),
                    policy.smallWholeOrNull("max_seconds"),
                    policy.smallWholeOrNull("max_segments"),
                    policy.smallWholeOrNull("away_after_missed")));
  }
}
