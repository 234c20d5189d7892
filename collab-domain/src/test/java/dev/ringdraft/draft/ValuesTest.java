package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.DRAFT;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.ring.Ring;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Events;
import dev.ringdraft.view.DraftSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values refuse bad input, and say what they expected. */
final class ValuesTest {

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("UserId", (Function<String, String>) text -> new UserId(text).value()),
        Arguments.of(
            "IdempotencyKey", (Function<String, String>) text -> new IdempotencyKey(text).value()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void a_name_has_1_to_128_characters(String type, Function<String, String> make) {
    assertEquals("x", make.apply("x"));
    assertEquals("x".repeat(128), make.apply("x".repeat(128)));
    assertEquals("\ud83e\udd91".repeat(64), make.apply("\ud83e\udd91".repeat(64)));
    assertEquals("0 characters (expected: 1..128)", refusal(() -> make.apply("")));
    assertEquals("129 characters (expected: 1..128)", refusal(() -> make.apply("x".repeat(129))));
    assertEquals(
        "130 characters (expected: 1..128)", refusal(() -> make.apply("\ud83e\udd91".repeat(65))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void a_name_has_no_control_character_and_no_lone_surrogate(
      String type, Function<String, String> make) {
    for (String bad :
        List.of("\0", "a\nb", "\u001f", "\u007f", "\u009f", "\ud83e", "\udd91", "a\ud83eb")) {
      assertEquals(
          "a control character or lone surrogate (expected: none)", refusal(() -> make.apply(bad)));
    }
    assertEquals(" \u00a0\u202e", make.apply(" \u00a0\u202e"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/../b", "a/.", "./a", "..\\\\a", "a\\\\.", "/..", "../"})
  void an_id_that_no_url_can_carry_is_not_taken_from_outside(String id) {
    assertEquals(UserId.NOT_IN_URL, refusal(() -> UserId.given(id)));
    assertEquals(id, new UserId(id).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ringdraft:", "ringdraft:timer", "ringdraft:x"})
  void an_id_of_the_servers_own_is_not_taken_from_outside(String id) {
    assertEquals(UserId.IS_RESERVED, refusal(() -> UserId.given(id)));
    assertEquals(true, new UserId(id).isReserved());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ringdraft", "Ringdraft:x", "x:ringdraft:", " ringdraft:", "ringdraft.x"})
  void an_id_that_only_looks_like_the_servers_own_is(String id) {
    assertEquals(false, UserId.given(id).isReserved());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"...", ".a", "a.", "a..b", "a/b", ";x=1", "%2E", "a//b", " ", "a .. b", "?#"})
  void any_other_id_is(String id) {
    assertEquals(id, UserId.given(id).value());
  }

  static Stream<Arguments> ids() {
    return Stream.of(
        Arguments.of("a draft id", (Function<String, String>) text -> new DraftId(text).toString()),
        Arguments.of(
            "a segment id", (Function<String, String>) text -> new SegmentId(text).toString()),
        Arguments.of("an epoch", (Function<String, String>) text -> new Epoch(text).toString()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  void an_id_has_1_to_64_letters_digits_underscores_and_hyphens(
      String type, Function<String, String> make) {
    assertEquals("aZ09_-", make.apply("aZ09_-"));
    assertEquals("x".repeat(64), make.apply("x".repeat(64)));
    for (String bad :
        List.of("", "x".repeat(65), "a b", "a\n", "a/b", "a.b", "..", "\u00e9", "\u0661", "%00")) {
      assertEquals(
          type + " has 1..64 characters of A-Z a-z 0-9 _ -", refusal(() -> make.apply(bad)));
    }
  }

  @Test
  void a_term_is_1_or_more() {
    assertEquals(1, new Ring(ANA, 1).term());
    assertEquals("term: 0 (expected: 1 or more)", refusal(() -> new Ring(ANA, 0)));
  }

  @Test
  void a_ring_is_held_by_one_and_passed_to_another() {
    Ring ring = Ring.firstHeldBy(ANA);

    assertTrue(ring.isHeldBy(ANA));
    assertFalse(ring.isHeldBy(BEN));
    assertEquals(new Ring(BEN, 2), ring.passedTo(BEN));
    assertEquals(new Ring(ANA, 1), ring);
    assertEquals("ana holds the ring already", refusal(() -> ring.passedTo(ANA)));
  }

  @Test
  void a_position_is_0_or_more() {
    assertEquals(0, new Segment(SEGMENT, ANA, "words", 0, NOW).position());
    assertEquals(
        "position: -1 (expected: 0 or more)",
        refusal(() -> new Segment(SEGMENT, ANA, "words", -1, NOW)));
  }

  @Test
  void a_revision_is_1_or_more() {
    assertEquals(1, new RecordedEvent(DRAFT, 1, Events.created()).revision());
    assertEquals(
        "revision: 0 (expected: 1 or more)",
        refusal(() -> new RecordedEvent(DRAFT, 0, Events.created())));
  }

  @Test
  void limits_are_1_or_more() {
    assertEquals(new DraftLimits(200, 500, 100, 10_000), DraftLimits.defaults());
    assertEquals(1, new DraftLimits(1, 1, 1, 1).maxSegments());
    assertEquals(
        "maxTitleCodePoints: 0 (expected: 1 or more)", refusal(() -> new DraftLimits(0, 1, 1, 1)));
    assertEquals(
        "maxContentCodePoints: 0 (expected: 1 or more)",
        refusal(() -> new DraftLimits(1, 0, 1, 1)));
    assertEquals(
        "maxCollaborators: -1 (expected: 1 or more)", refusal(() -> new DraftLimits(1, 1, -1, 1)));
    assertEquals(
        "maxSegments: 0 (expected: 1 or more)", refusal(() -> new DraftLimits(1, 1, 1, 0)));
  }

  @Test
  void what_is_accepted_or_committed_has_at_least_one_event() {
    assertEquals(
        "an accepted command has at least one event", refusal(() -> new Accepted(List.of())));
    assertEquals(
        "a commit has at least one event",
        refusal(
            () ->
                new Commit(
                    DRAFT,
                    0,
                    new CommandKey(ANA, "1"),
                    "f",
                    DraftSummary.startedBy(new RecordedEvent(DRAFT, 1, Events.created())),
                    List.of())));
  }

  @Test
  void lists_are_copied_in() {
    List<DraftEvent> events = new ArrayList<>(List.of(Events.created()));
    List<FieldError> errors = new ArrayList<>(List.of(new FieldError("title", "bad")));
    Accepted accepted = new Accepted(events);
    FieldsInvalid invalid = new FieldsInvalid(errors);

    events.clear();
    errors.clear();

    assertEquals(1, accepted.events().size());
    assertEquals(1, invalid.errors().size());
  }

  @Test
  void a_version_is_written_as_epoch_and_revision() {
    assertEquals("e1.7", new DraftVersion(new Epoch("e1"), 7).toString());
  }

  private static String refusal(Supplier<?> make) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, make::get).getMessage());
  }

  static Stream<DraftEvent> eventsOfAFineClock() {
    Instant fine = NOW.plusNanos(999_999);
    return Stream.of(
        new DraftCreated(ANA, fine, "Title", null, null),
        new SegmentAdded(new Segment(Cast.SEGMENT, ANA, "words", 0, fine)),
        new RingPassed(ANA, fine, ANA, BEN, 2, PassReason.PASSED, null),
        new CollaboratorAdded(ANA, fine, BEN, Role.VIEWER),
        new CollaboratorRemoved(ANA, fine, BEN),
        new DraftUpdated(ANA, fine, DraftChange.title("Title")));
  }

  @ParameterizedTest
  @MethodSource("eventsOfAFineClock")
  void an_event_keeps_the_milliseconds_of_its_instant_and_nothing_finer(DraftEvent event) {
    assertEquals(NOW, event.at());
  }
}
