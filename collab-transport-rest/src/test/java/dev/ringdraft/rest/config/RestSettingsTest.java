package dev.ringdraft.rest.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftLimits;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RestSettingsTest {
  @Test
  void the_defaults_are_those_of_the_contract() {
    RestSettings defaults = RestSettings.defaults();

    assertEquals(DraftLimits.defaults(), defaults.limits());
    assertFalse(defaults.developmentAuth());
    assertEquals(new BodySettings(65_536, Duration.ofSeconds(10)), defaults.body());
    assertEquals(Duration.ofSeconds(5), defaults.commandDeadline());
    assertEquals(new PageSettings(50, 100, 500), defaults.pages());
    assertEquals(Duration.ofSeconds(2), defaults.retryAfter());
    assertEquals(
        new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 10), defaults.waits());
    assertEquals(new RateSettings(50, 100), defaults.rates());
  }

  @Test
  void a_builder_changes_what_it_is_given_and_keeps_the_rest() {
    RestSettings changed =
        RestSettings.defaults().toBuilder()
            .developmentAuth(true)
            .commandDeadline(Duration.ofSeconds(1))
            .build();

    RestSettings again = changed.toBuilder().retryAfter(Duration.ofSeconds(9)).build();

    assertEquals(Duration.ofSeconds(1), again.commandDeadline());
    assertEquals(Duration.ofSeconds(9), again.retryAfter());
    assertEquals(changed.developmentAuth(), again.developmentAuth());
    assertEquals(changed.body(), again.body());
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertEquals(
        "maxBytes: 0 (expected: 1 or more)",
        refusal(() -> new BodySettings(0, Duration.ofSeconds(10))));
    assertEquals("drafts: 0 (expected: 1 or more)", refusal(() -> new PageSettings(0, 100, 500)));
    assertEquals(
        "commandDeadline in ms: 0 (expected: 1 or more)",
        refusal(() -> built(it -> it.commandDeadline(Duration.ZERO))));
    assertEquals(
        "retryAfter in s: 0 (expected: 1 or more)",
        refusal(() -> built(it -> it.retryAfter(Duration.ofMillis(999)))));
  }

  private static RestSettings built(UnaryOperator<RestSettings.Builder> change) {
    return change.apply(RestSettings.defaults().toBuilder()).build();
  }

  private static String refusal(Executable making) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, making).getMessage());
  }
}
