package dev.ringdraft.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.member.Role;
import dev.ringdraft.ring.PassReason;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How instants and names are spelled on the wire. */
final class WireSpellingTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T12:00:00.123Z, 2026-11-23T12:00:00.123Z",
    "2026-11-23T12:00:00Z, 2026-11-23T12:00:00.000Z",
    "2026-11-23T12:00:00.1Z, 2026-11-23T12:00:00.100Z",
    "2026-11-23T00:00:00Z, 2026-11-23T00:00:00.000Z",
    "2026-11-23T23:59:59.999999999Z, 2026-11-23T23:59:59.999Z",
    "2026-11-23T12:00:00.123999999Z, 2026-11-23T12:00:00.123Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000Z",
    "0987-10-09T08:07:06.054Z, 0987-10-09T08:07:06.054Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00.000Z",
    "-0001-12-31T23:59:59.5Z, -0001-12-31T23:59:59.500Z",
  })
  void an_instant_has_three_digits_of_a_second_and_is_never_rounded_up(
      Instant instant, String written) {
    assertEquals(written, WireInstant.of(instant));
  }

  static Stream<Enum<?>> constants() {
    return Stream.of(Platform.values(), DraftStatus.values(), Role.values(), PassReason.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("constants")
  void a_constant_is_spelled_in_lower_case_and_found_again(Enum<?> constant) {
    String name = WireName.of(constant);

    assertEquals(constant.name().toLowerCase(Locale.ROOT), name);
    assertEquals(Optional.of(constant), parse(constant, name));
  }

  private static <E extends Enum<E>> Optional<?> parse(Enum<?> constant, String name) {
    @SuppressWarnings("unchecked")
    Class<E> type = (Class<E>) constant.getDeclaringClass();
    return WireName.parse(type, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X", "Blog", "BLOG", " blog", "blog ", "myspace"})
  void nothing_is_found_under_another_spelling(String name) {
    assertEquals(Optional.empty(), WireName.parse(Platform.class, name));
  }

  @Test
  void the_servers_language_changes_no_spelling() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals("tiktok", WireName.of(Platform.TIKTOK));
      assertEquals(Optional.of(Platform.TIKTOK), WireName.parse(Platform.class, "tiktok"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
