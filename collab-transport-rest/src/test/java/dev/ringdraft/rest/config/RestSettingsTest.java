package dev.ringdraft.rest.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.draft.DraftLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestSettingsTest {
  @Test
  void the_defaults_are_those_of_the_contract() {
    assertEquals(
        new RestSettings(
            DraftLimits.defaults(),
            false,
            65_536,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            50,
            100,
            500,
            Duration.ofSeconds(2),
            new WaitSettings(Duration.ofSeconds(30), Duration.ofSeconds(15), 10),
            new RateSettings(50, 100)),
        RestSettings.defaults());
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new RestSettings(
                    DraftLimits.defaults(),
                    false,
                    0,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    50,
                    100,
                    500,
                    Duration.ofSeconds(2),
                    WaitSettings.defaults(),
                    RateSettings.defaults()));
    assertEquals("maxBodyBytes: 0 (expected: 1 or more)", refused.getMessage());
  }
}
