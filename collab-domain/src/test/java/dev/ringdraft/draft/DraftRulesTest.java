package dev.ringdraft.draft;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Commands.add;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.begin;
import static dev.ringdraft.testing.Commands.leave;
import static dev.ringdraft.testing.Commands.passIn;
import static dev.ringdraft.testing.Commands.remove;
import static dev.ringdraft.testing.Commands.status;
import static dev.ringdraft.testing.Commands.title;
import static dev.ringdraft.testing.Events.became;
import static dev.ringdraft.testing.Events.contributor;
import static dev.ringdraft.testing.Events.created;
import static dev.ringdraft.testing.Events.left;
import static dev.ringdraft.testing.Events.passed;
import static dev.ringdraft.testing.Events.removed;
import static dev.ringdraft.testing.Events.segment;
import static dev.ringdraft.testing.Events.titled;
import static dev.ringdraft.testing.Events.viewer;
import static dev.ringdraft.testing.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Decision.Rejected;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.Rejection.AlreadyMember;
import dev.ringdraft.draft.Rejection.CollaboratorUnknown;
import dev.ringdraft.draft.Rejection.CreatorRequired;
import dev.ringdraft.draft.Rejection.CreatorStays;
import dev.ringdraft.draft.Rejection.DraftFull;
import dev.ringdraft.draft.Rejection.DraftNotActive;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Commands;
import dev.ringdraft.testing.Scenario;
import dev.ringdraft.turn.TurnPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a draft that are not about the ring, and the order in which all are looked at. */
final class DraftRulesTest {
  private static final DraftLimits LIMITS = DraftLimits.defaults();
  private static final String SQUID = "\ud83e\udd91";

  @Nested
  final class Creating {
    @Test
    void a_draft_begins_with_what_its_creator_said() {
      CreateDraft command = new CreateDraft(ANA, NOW, NewDraft.titled("A title").on(Platform.BLOG));

      assertEquals(
          new Accepted(List.of(new DraftCreated(ANA, NOW, "A title", Platform.BLOG, null))),
          Draft.decide(command, LIMITS));
    }

    @Test
    void an_initial_segment_is_the_second_event() {
      CreateDraft command =
          new CreateDraft(
              ANA, NOW, NewDraft.titled(Cast.TITLE).startingWith(new NewSegment(SEGMENT, "Once")));

      assertEquals(
          new Accepted(List.of(created(), segment(ANA, 0, "Once"))), Draft.decide(command, LIMITS));
    }

    @Test
    void every_field_that_breaks_its_bounds_is_named() {
      CreateDraft command =
          new CreateDraft(ANA, NOW, NewDraft.titled("").startingWith(new NewSegment(SEGMENT, "")));

      assertEquals(
          new Rejected(
              new FieldsInvalid(
                  List.of(
                      new FieldError("title", "0 code points (expected: 1..200)"),
                      new FieldError("initial_segment", "0 code points (expected: 1..500)")))),
          Draft.decide(command, LIMITS));
    }

    @Test
    void a_creator_has_an_id_that_a_url_can_carry() {
      CreateDraft command = new CreateDraft(new UserId(".."), NOW, NewDraft.titled(Cast.TITLE));

      assertEquals(
          new Rejected(new FieldsInvalid(List.of(new FieldError("creator_id", UserId.NOT_IN_URL)))),
          Draft.decide(command, LIMITS));
    }

    @Test
    void neither_a_creator_nor_a_collaborator_has_an_id_of_the_servers_own() {
      CreateDraft command = new CreateDraft(UserId.TIMER, NOW, NewDraft.titled(Cast.TITLE));

      assertEquals(
          new Rejected(
              new FieldsInvalid(List.of(new FieldError("creator_id", UserId.IS_RESERVED)))),
          Draft.decide(command, LIMITS));
      given(created())
          .when(add(ANA, UserId.TIMER, Role.VIEWER))
          .thenRejected(new FieldsInvalid(List.of(new FieldError("user_id", UserId.IS_RESERVED))));
    }

    @Test
    void the_server_does_nothing_in_a_draft_but_end_turns() {
      given(created()).when(append(UserId.TIMER)).thenRejected(new DraftUnknown());
      given(created()).when(leave(UserId.TIMER)).thenRejected(new DraftUnknown());
    }

    @Test
    void a_draft_begins_with_the_turn_policy_that_its_creator_gave() {
      TurnPolicy policy = TurnPolicy.defaults().ofSegments(3);
      CreateDraft command = new CreateDraft(ANA, NOW, NewDraft.titled(Cast.TITLE).under(policy));

      assertEquals(new Accepted(List.of(created(policy))), Draft.decide(command, LIMITS));
    }

    @Test
    void a_collaborator_has_an_id_that_a_url_can_carry_and_an_old_one_can_be_removed() {
      UserId dot = new UserId(".");
      Draft draft = Draft.replay(List.of(created()));

      assertEquals(
          new Rejected(new FieldsInvalid(List.of(new FieldError("user_id", UserId.NOT_IN_URL)))),
          draft.decide(new AddCollaborator(ANA, NOW, dot, Role.VIEWER), LIMITS));
      assertEquals(
          new Accepted(List.of(new CollaboratorRemoved(ANA, NOW, dot))),
          draft
              .evolve(new CollaboratorAdded(ANA, NOW, dot, Role.VIEWER))
              .decide(new RemoveCollaborator(ANA, NOW, dot), LIMITS));
    }

    @Test
    void configured_limits_count_and_not_the_defaults() {
      CreateDraft command =
          new CreateDraft(
              ANA, NOW, NewDraft.titled("abcd").startingWith(new NewSegment(SEGMENT, "abcdef")));

      assertEquals(
          new Rejected(
              new FieldsInvalid(
                  List.of(
                      new FieldError("title", "4 code points (expected: 1..3)"),
                      new FieldError("initial_segment", "6 code points (expected: 1..5)")))),
          Draft.decide(command, new DraftLimits(3, 5, 1, 1)));
    }
  }

  @Nested
  final class Texts {
    static Stream<Arguments> goodTitles() {
      return Stream.of("x", " ", "t".repeat(200), SQUID.repeat(200), "\u0001\n\t")
          .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("goodTitles")
    void a_title_within_its_bounds_is_taken_as_it_is(String text) {
      assertEquals(
          new Accepted(List.of(new DraftCreated(ANA, NOW, text, null, null))),
          Draft.decide(new CreateDraft(ANA, NOW, NewDraft.titled(text)), LIMITS));
      given(created()).when(title(ANA, text)).then(titled(text));
    }

    static Stream<Arguments> badTitles() {
      return Stream.of(
          Arguments.of("", "0 code points (expected: 1..200)"),
          Arguments.of("t".repeat(201), "201 code points (expected: 1..200)"),
          Arguments.of(SQUID.repeat(201), "201 code points (expected: 1..200)"),
          Arguments.of("a\0b", "a NUL character (expected: none)"),
          Arguments.of("a\ud83e", "a lone surrogate (expected: well-formed Unicode)"),
          Arguments.of("\udd91a", "a lone surrogate (expected: well-formed Unicode)"),
          Arguments.of("\udd91\ud83e", "a lone surrogate (expected: well-formed Unicode)"));
    }

    @ParameterizedTest
    @MethodSource("badTitles")
    void a_title_out_of_bounds_is_refused(String text, String detail) {
      FieldsInvalid invalid = new FieldsInvalid(List.of(new FieldError("title", detail)));

      assertEquals(
          new Rejected(invalid),
          Draft.decide(new CreateDraft(ANA, NOW, NewDraft.titled(text)), LIMITS));
      given(created()).when(title(ANA, text)).thenRejected(invalid);
    }

    static Stream<Arguments> goodContents() {
      return Stream.of("x", "  blanks stay  ", "c".repeat(500), SQUID.repeat(500), "e\u0301\r\n")
          .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("goodContents")
    void a_segment_within_its_bounds_is_taken_as_it_is(String text) {
      given(created()).when(append(ANA, text)).then(segment(ANA, 0, text));
      assertEquals(
          new Accepted(List.of(created(), segment(ANA, 0, text))),
          Draft.decide(
              new CreateDraft(
                  ANA,
                  NOW,
                  NewDraft.titled(Cast.TITLE).startingWith(new NewSegment(SEGMENT, text))),
              LIMITS));
    }

    static Stream<Arguments> badContents() {
      return Stream.of(
          Arguments.of("", "0 code points (expected: 1..500)"),
          Arguments.of("c".repeat(501), "501 code points (expected: 1..500)"),
          Arguments.of(SQUID.repeat(500) + "!", "501 code points (expected: 1..500)"),
          Arguments.of("\0", "a NUL character (expected: none)"),
          Arguments.of("\ud83e", "a lone surrogate (expected: well-formed Unicode)"));
    }

    @ParameterizedTest
    @MethodSource("badContents")
    void a_segment_out_of_bounds_is_refused(String text, String detail) {
      given(created())
          .when(append(ANA, text))
          .thenRejected(new FieldsInvalid(List.of(new FieldError("content", detail))));
      assertEquals(
          new Rejected(new FieldsInvalid(List.of(new FieldError("initial_segment", detail)))),
          Draft.decide(
              new CreateDraft(
                  ANA,
                  NOW,
                  NewDraft.titled(Cast.TITLE).startingWith(new NewSegment(SEGMENT, text))),
              LIMITS));
    }
  }

  @Nested
  final class Appending {
    @Test
    void a_segments_position_is_the_number_of_segments_before_it() {
      given(created(), segment(ANA, 0), titled("Other"), segment(ANA, 1), contributor(BEN))
          .when(append(ANA))
          .then(segment(ANA, 2));
    }

    @Test
    void the_last_segment_that_fits_is_appended_and_the_next_is_not() {
      DraftLimits two = new DraftLimits(200, 500, 100, 2);

      given(created(), segment(ANA, 0)).within(two).when(append(ANA)).then(segment(ANA, 1));
      given(created(), segment(ANA, 0), segment(ANA, 1))
          .within(two)
          .when(append(ANA))
          .thenRejected(new DraftFull("segments", 2));
    }
  }

  @Nested
  final class Adding {
    @Test
    void the_creator_adds_a_contributor() {
      given(created()).when(add(ANA, BEN, Role.CONTRIBUTOR)).then(contributor(BEN));
    }

    @Test
    void the_creator_adds_a_viewer() {
      given(created()).when(add(ANA, VERA, Role.VIEWER)).then(viewer(VERA));
    }

    @Test
    void the_creator_adds_someone_who_left_again_in_another_role() {
      given(created(), contributor(BEN), left(BEN))
          .when(add(ANA, BEN, Role.VIEWER))
          .then(viewer(BEN));
    }

    @Test
    void a_contributor_may_not_add_anybody_not_even_with_the_ring() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(add(BEN, CLEO, Role.CONTRIBUTOR))
          .thenRejected(new CreatorRequired());
    }

    @Test
    void a_stranger_may_not_add_herself() {
      given(created()).when(add(ZED, ZED, Role.VIEWER)).thenRejected(new DraftUnknown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_member_is_not_added_again_in_whatever_role(Role role) {
      given(created(), contributor(BEN))
          .when(add(ANA, BEN, role))
          .thenRejected(new AlreadyMember(BEN));
    }

    @Test
    void the_creator_is_a_member_already() {
      given(created()).when(add(ANA, ANA, Role.CONTRIBUTOR)).thenRejected(new AlreadyMember(ANA));
    }

    @Test
    void the_last_collaborator_who_fits_is_added_and_the_next_is_not() {
      DraftLimits two = new DraftLimits(200, 500, 2, 10);

      given(created(), contributor(BEN))
          .within(two)
          .when(add(ANA, VERA, Role.VIEWER))
          .then(viewer(VERA));
      given(created(), contributor(BEN), viewer(VERA))
          .within(two)
          .when(add(ANA, CLEO, Role.CONTRIBUTOR))
          .thenRejected(new DraftFull("collaborators", 2));
    }

    @Test
    void whoever_goes_makes_room_for_another() {
      given(created(), contributor(BEN), removed(BEN))
          .within(new DraftLimits(200, 500, 1, 10))
          .when(add(ANA, CLEO, Role.CONTRIBUTOR))
          .then(contributor(CLEO));
    }

    @ParameterizedTest
    @EnumSource(DraftStatus.class)
    void members_change_in_a_draft_of_any_status(DraftStatus status) {
      given(created(), contributor(BEN), became(status))
          .when(add(ANA, VERA, Role.VIEWER))
          .then(viewer(VERA));
      given(created(), contributor(BEN), became(status)).when(leave(BEN)).then(left(BEN));
    }
  }

  @Nested
  final class Removing {
    @Test
    void the_creator_removes_a_collaborator() {
      given(created(), viewer(VERA)).when(remove(ANA, VERA)).then(removed(VERA));
    }

    @Test
    void a_collaborator_leaves() {
      given(created(), viewer(VERA)).when(leave(VERA)).then(left(VERA));
    }

    @Test
    void a_collaborator_may_not_remove_another() {
      given(created(), contributor(BEN), viewer(VERA))
          .when(remove(BEN, VERA))
          .thenRejected(new CreatorRequired());
    }

    @Test
    void a_collaborator_may_not_remove_the_creator() {
      given(created(), contributor(BEN)).when(remove(BEN, ANA)).thenRejected(new CreatorRequired());
    }

    @Test
    void the_creator_stays() {
      given(created()).when(leave(ANA)).thenRejected(new CreatorStays());
    }

    @Test
    void nobody_can_be_removed_who_is_no_member() {
      given(created()).when(remove(ANA, ZED)).thenRejected(new CollaboratorUnknown(ZED));
      given(created(), contributor(BEN), removed(BEN))
          .when(remove(ANA, BEN))
          .thenRejected(new CollaboratorUnknown(BEN));
    }

    @Test
    void a_stranger_can_not_leave() {
      given(created()).when(leave(ZED)).thenRejected(new DraftUnknown());
    }
  }

  @Nested
  final class Updating {
    @Test
    void the_creator_sets_title_and_status_at_once() {
      given(created())
          .when(new UpdateDraft(ANA, NOW, new DraftChange("Other", DraftStatus.LOCKED, null)))
          .then(new DraftUpdated(ANA, NOW, new DraftChange("Other", DraftStatus.LOCKED, null)));
    }

    @Test
    void nobody_else_updates_not_even_with_the_ring() {
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(title(BEN, "Mine"))
          .thenRejected(new CreatorRequired());
      given(created(), contributor(BEN), passed(ANA, BEN, 2))
          .when(status(BEN, DraftStatus.LOCKED))
          .thenRejected(new CreatorRequired());
    }

    @Test
    void an_update_of_nothing_is_refused() {
      given(created())
          .when(new UpdateDraft(ANA, NOW, new DraftChange(null, null, null)))
          .thenRejected(
              new FieldsInvalid(
                  List.of(
                      new FieldError(
                          "title",
                          "neither title, status nor turn_policy (expected: at least one)"))));
    }

    static Stream<Arguments> transitions() {
      return Stream.of(
          Arguments.of(DraftStatus.ACTIVE, DraftStatus.ACTIVE, true),
          Arguments.of(DraftStatus.ACTIVE, DraftStatus.LOCKED, true),
          Arguments.of(DraftStatus.ACTIVE, DraftStatus.COMPLETED, true),
          Arguments.of(DraftStatus.LOCKED, DraftStatus.ACTIVE, true),
          Arguments.of(DraftStatus.LOCKED, DraftStatus.LOCKED, true),
          Arguments.of(DraftStatus.LOCKED, DraftStatus.COMPLETED, true),
          Arguments.of(DraftStatus.COMPLETED, DraftStatus.ACTIVE, false),
          Arguments.of(DraftStatus.COMPLETED, DraftStatus.LOCKED, false),
          Arguments.of(DraftStatus.COMPLETED, DraftStatus.COMPLETED, true));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void a_status_follows_another_as_the_table_says(
        DraftStatus from, DraftStatus to, boolean allowed) {
      Scenario.Answer answer = given(created(), became(from)).when(status(ANA, to));

      if (allowed) {
        answer.then(became(to));
      } else {
        answer.thenRejected(new DraftNotActive(from));
      }
    }

    @Test
    void a_completed_draft_may_be_given_another_title() {
      given(created(), became(DraftStatus.COMPLETED))
          .when(title(ANA, "The end"))
          .then(titled("The end"));
    }
  }

  /** Sight, turn, fields, status, place: the first no is the answer. */
  @Nested
  final class Order {
    private final Scenario locked =
        given(created(), contributor(BEN), viewer(VERA), became(DraftStatus.LOCKED));

    private AppendSegment appending(UserId actor, String content, @Nullable Long term) {
      return new AppendSegment(actor, NOW, new NewSegment(SEGMENT, content), term);
    }

    @Test
    void a_stranger_is_told_nothing_whatever_else_is_wrong() {
      locked.when(appending(ZED, "", 7L)).thenRejected(new DraftUnknown());
      locked.when(passIn(7, ZED, ZED)).thenRejected(new DraftUnknown());
      locked.when(remove(ZED, ANA)).thenRejected(new DraftUnknown());
      locked.when(title(ZED, "")).thenRejected(new DraftUnknown());
    }

    @Test
    void the_turn_comes_before_the_fields() {
      locked.when(appending(BEN, "", 7L)).thenRejected(new RingMoved(ANA, 1));
    }

    @Test
    void the_turn_comes_before_the_status() {
      locked.when(passIn(7, ANA, BEN)).thenRejected(new RingMoved(ANA, 1));
    }

    @Test
    void the_fields_come_before_the_status() {
      locked
          .when(appending(BEN, "", 1L))
          .thenRejected(
              new FieldsInvalid(
                  List.of(new FieldError("content", "0 code points (expected: 1..500)"))));
    }

    @Test
    void the_fields_come_before_the_actors_place() {
      given(created(), viewer(VERA))
          .when(title(VERA, ""))
          .thenRejected(
              new FieldsInvalid(
                  List.of(new FieldError("title", "0 code points (expected: 1..200)"))));
    }

    @Test
    void the_status_comes_before_the_actors_place() {
      locked.when(append(VERA)).thenRejected(new DraftNotActive(DraftStatus.LOCKED));
      locked.when(passIn(1, VERA, BEN)).thenRejected(new DraftNotActive(DraftStatus.LOCKED));
      given(created(), contributor(BEN), became(DraftStatus.COMPLETED))
          .when(status(BEN, DraftStatus.ACTIVE))
          .thenRejected(new DraftNotActive(DraftStatus.COMPLETED));
    }

    @Test
    void the_holder_comes_before_the_recipient() {
      given(created(), contributor(BEN), viewer(VERA))
          .when(Commands.pass(BEN, VERA))
          .thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void the_holder_comes_before_the_room_that_is_left() {
      given(created(), contributor(BEN), segment(ANA, 0))
          .within(new DraftLimits(200, 500, 100, 1))
          .when(append(BEN))
          .thenRejected(new RingNotHeld(ANA));
    }

    @Test
    void being_a_member_comes_before_the_room_that_is_left() {
      given(created(), contributor(BEN))
          .within(new DraftLimits(200, 500, 1, 10))
          .when(add(ANA, BEN, Role.VIEWER))
          .thenRejected(new AlreadyMember(BEN));
    }
  }

  @Test
  void deciding_twice_gives_the_same_answer_and_changes_nothing() {
    Draft draft = Draft.replay(List.of(created(), contributor(BEN)));
    Decision first = draft.decide(append(ANA), LIMITS);

    assertEquals(first, draft.decide(append(ANA), LIMITS));
    assertEquals(Draft.replay(List.of(created(), contributor(BEN))), draft);
  }

  @Test
  void deciding_on_a_creation_needs_no_draft() {
    assertEquals(new Accepted(List.of(created())), Draft.decide(begin(ANA), LIMITS));
  }
}
