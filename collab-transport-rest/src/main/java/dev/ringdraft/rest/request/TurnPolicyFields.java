package dev.ringdraft.rest.request;

import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import org.jspecify.annotations.Nullable;

/** The turn policy of a request's body. What is left out has its default; a limit may be null. */
public final class TurnPolicyFields {
  /** The name of the field that holds it. */
  public static final String NAME = "turn_policy";

  private static final String MAX_SECONDS = "max_seconds";
  private static final String MAX_SEGMENTS = "max_segments";
  private static final String AWAY_AFTER_MISSED = "away_after_missed";

  private TurnPolicyFields() {}

  /** The policy; null when the body has none. */
  public static @Nullable TurnPolicy of(JsonFields body) {
    JsonFields given =
        body.optionalObject(NAME, "order", MAX_SECONDS, MAX_SEGMENTS, AWAY_AFTER_MISSED);
    if (given == null) {
      return null;
    }
    TurnPolicy defaults = TurnPolicy.defaults();
    TurnOrder order = given.optionalConstant("order", TurnOrder.class);
    return new TurnPolicy(
        order == null ? defaults.order() : order,
        given.optionalNumber(MAX_SECONDS, TurnPolicy.MIN_SECONDS, TurnPolicy.MAX_SECONDS),
        given.optionalNumber(MAX_SEGMENTS, 1, TurnPolicy.MAX_SEGMENTS),
        given.has(AWAY_AFTER_MISSED)
            ? given.optionalNumber(AWAY_AFTER_MISSED, 1, TurnPolicy.MAX_MISSED)
            : defaults.awayAfterMissed());
  }
}
