package dev.ringdraft.contract;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftEvent.CollaboratorRemoved;
import dev.ringdraft.draft.DraftEvent.CollaboratorUpdated;
import dev.ringdraft.draft.DraftEvent.DraftCreated;
import dev.ringdraft.draft.DraftEvent.DraftUpdated;
import dev.ringdraft.draft.DraftEvent.RingPassed;
import dev.ringdraft.draft.DraftEvent.RingRequestRemoved;
import dev.ringdraft.draft.DraftEvent.RingRequested;
import dev.ringdraft.draft.DraftEvent.SegmentAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.Platform;
import dev.ringdraft.draft.RequestEnd;
import dev.ringdraft.draft.UpdateReason;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.AppendResult.Appended;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.eventstore.CommandKey;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftHead;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.Receipt;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.member.MemberChange;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.ring.PassReason;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Concurrently;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.TurnOrder;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.view.DraftSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link DraftEventStore} promises, as tests. Extend it, give it a store, and run it: a
 * store that passes may carry drafts. One store may serve all tests, and keep what they leave
 * behind: each works on drafts and users that nobody has used before.
 */
public abstract class DraftEventStoreContract {
  private static final int THREADS = 8;
  private static final int ALL = 100_000;

  /** A policy of which every part is set. */
  private static final TurnPolicy TIMED = new TurnPolicy(TurnOrder.REQUESTS_FIRST, 90, 3, 4);

  private final UserId ana = DraftFixture.freshUser("ana");
  private final UserId ben = DraftFixture.freshUser("ben");
  private final UserId cleo = DraftFixture.freshUser("cleo");
  private final UserId vera = DraftFixture.freshUser("vera");

  /** The store to be judged; safe for use by many threads. */
  protected abstract DraftEventStore store();

  // A commit is written whole or not at all, and only on the revision that it expects.

  @Test
  void a_draft_begins_at_revision_1() {
    DraftFixture draft = draft();

    AppendResult result = store().append(draft.next(draft.created()));

    Appended appended = assertInstanceOf(Appended.class, result);
    assertEquals(List.of(new RecordedEvent(draft.id(), 1, draft.created())), appended.events());
    assertEquals(appended.events(), all(draft.id()));
  }

  @Test
  void a_draft_may_begin_with_several_events() {
    DraftFixture draft = draft();
    SegmentAdded opening = draft.segment("Once upon a time");

    List<RecordedEvent> appended = draft.commit(draft.created(), opening);

    assertEquals(List.of(1L, 2L), revisions(appended));
    assertEquals(draft.events(), all(draft.id()));
  }

  @Test
  void revisions_count_on_without_a_gap_over_commits_of_one_and_of_several_events() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR), draft.updated("Second", null));
    draft.commit(draft.segment("one"));
    draft.commit(draft.updated("Third", null), draft.segment("two"), draft.pass(ben));

    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), revisions(all(draft.id())));
    assertEquals(draft.events(), all(draft.id()));
    assertEquals(7, head(draft).revision());
  }

  @Test
  void what_append_returns_is_what_is_read_later() {
    DraftFixture draft = begun();
    List<RecordedEvent> appended =
        draft.commit(draft.added(ben, Role.VIEWER), draft.segment("words"));

    assertEquals(appended, store().readAfter(draft.id(), 1, ALL));
  }

  @Test
  void a_commit_on_a_revision_that_has_passed_changes_nothing() {
    DraftFixture draft = begun();
    Commit late = draft.next(draft.segment("late"));
    draft.commit(draft.segment("first"));

    assertEquals(new RevisionConflict(), store().append(late));

    assertIsAsWritten(draft);
    assertNull(receipt(draft.id(), late.key()));
  }

  @Test
  void a_commit_on_a_revision_that_is_yet_to_come_changes_nothing() {
    DraftFixture draft = begun();
    Commit next = draft.next(draft.segment("early"));
    Commit early = expecting(2, next);

    assertEquals(new RevisionConflict(), store().append(early));

    assertIsAsWritten(draft);
    assertNull(receipt(draft.id(), early.key()));
  }

  @Test
  void a_refused_commit_of_several_events_leaves_none_of_them() {
    DraftFixture draft = begun();
    Commit late = draft.next(draft.added(ben, Role.CONTRIBUTOR), draft.segment("late"));
    draft.commit(draft.segment("first"));

    assertEquals(new RevisionConflict(), store().append(late));

    assertIsAsWritten(draft);
  }

  @Test
  void a_draft_can_not_begin_twice() {
    DraftFixture draft = begun();
    draft.commit(draft.segment("words"));
    DraftFixture usurper = DraftFixture.of(store(), draft.id(), ben);
    Commit again = usurper.next(usurper.created());

    assertEquals(new RevisionConflict(), store().append(again));

    assertIsAsWritten(draft);
    assertNull(receipt(draft.id(), again.key()));
  }

  @Test
  void nothing_follows_on_a_draft_that_has_not_begun() {
    DraftFixture real = begun();
    DraftId nowhere = DraftFixture.freshId();
    Commit commit = real.next(real.segment("words"));
    Commit stray =
        new Commit(nowhere, 1, commit.key(), commit.fingerprint(), commit.after(), commit.events());

    assertEquals(new RevisionConflict(), store().append(stray));

    assertTrue(store().load(nowhere, ana).isEmpty());
    assertEquals(List.of(), all(nowhere));
    assertEquals(Map.of(), store().heads(List.of(nowhere)));
  }

  /** NUL is what a store may be unable to keep; the domain never lets it through. */
  @Test
  void a_commit_whose_last_event_can_not_be_stored_is_not_stored_in_part() {
    DraftFixture draft = begun();
    Commit hard = draft.next(draft.updated("New title", null), draft.segment("a\0b"));

    try {
      if (store().append(hard) instanceof Appended) {
        draft.wrote(hard);
      }
    } catch (RuntimeException refused) {
      assertNull(receipt(draft.id(), hard.key()));
    }

    assertIsAsWritten(draft);
    draft.commit(draft.segment("on we go"));
    assertIsAsWritten(draft);
  }

  @Test
  void drafts_do_not_share_revisions() {
    DraftFixture one = begun();
    DraftFixture other = begun();
    one.commit(one.segment("one"));
    other.commit(other.segment("other"));
    one.commit(one.segment("one more"));

    assertIsAsWritten(one);
    assertIsAsWritten(other);
  }

  // Draft, revision and receipt as of one instant.

  @Test
  void a_draft_that_does_not_exist_can_not_be_loaded() {
    DraftId nowhere = DraftFixture.freshId();

    assertTrue(store().load(nowhere, ana).isEmpty());
    assertTrue(store().load(nowhere, new CommandKey(ana, "key")).isEmpty());
  }

  @Test
  void a_draft_is_loaded_for_its_members_and_for_nobody_else() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR), draft.added(vera, Role.VIEWER));
    draft.commit(draft.added(cleo, Role.CONTRIBUTOR));
    draft.commit(draft.removed(cleo));
    DraftHead head = new DraftHead(draft.summary(), null);

    for (UserId member : List.of(ana, ben, vera)) {
      assertEquals(Optional.of(head), store().load(draft.id(), member));
      assertEquals(Optional.of(head), store().load(draft.id(), new CommandKey(member, "new")));
    }
    for (UserId other : List.of(cleo, DraftFixture.freshUser("zed"))) {
      assertEquals(Optional.empty(), store().load(draft.id(), other));
      assertEquals(Optional.empty(), store().load(draft.id(), new CommandKey(other, "new")));
    }
  }

  @Test
  void who_comes_back_is_shown_the_draft_again() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.removed(ben), draft.added(ben, Role.VIEWER));
    assertEquals(draft.draft(), store().load(draft.id(), ben).orElseThrow().draft());
    draft.commit(draft.removed(ben));
    assertEquals(Optional.empty(), store().load(draft.id(), ben));
    draft.commit(draft.added(ben, Role.VIEWER));

    assertEquals(draft.draft(), store().load(draft.id(), ben).orElseThrow().draft());
  }

  @Test
  void who_went_is_still_given_the_receipt_of_their_own_command() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    CommandKey leave = new CommandKey(ben, "leave");
    draft.commit(leave, "bye", draft.removed(ben));
    draft.commit(draft.segment("on we go"));

    DraftHead head = store().load(draft.id(), leave).orElseThrow();

    assertEquals(draft.draft(), head.draft());
    assertEquals(4, head.revision());
    assertEquals(new Receipt("bye", draft.events().subList(2, 3)), head.receipt());
    assertEquals(Optional.empty(), store().load(draft.id(), new CommandKey(ben, "never-sent")));
    assertEquals(Optional.empty(), store().load(draft.id(), new CommandKey(cleo, "leave")));
  }

  @Test
  void the_server_loads_each_draft_for_its_own_commands() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    CommandKey key = new CommandKey(UserId.TIMER, "turn-1");
    assertEquals(Optional.of(new DraftHead(draft.summary(), null)), store().load(draft.id(), key));

    draft.commit(key, "f", draft.timedOut(ben), draft.updated(ana, MemberChange.away(true)));

    assertEquals(
        Optional.of(new DraftHead(draft.summary(), new Receipt("f", draft.events().subList(2, 4)))),
        store().load(draft.id(), key));
    assertEquals(Optional.empty(), store().load(draft.id(), UserId.TIMER));
    assertEquals(Optional.empty(), store().load(DraftFixture.freshId(), key));
  }

  @Test
  void the_draft_that_is_loaded_is_the_one_that_its_events_lead_to() {
    DraftFixture draft = begun();
    assertIsAsWritten(draft);
    draft.commit(draft.added(cleo, Role.CONTRIBUTOR));
    draft.commit(draft.added(vera, Role.VIEWER));
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    assertIsAsWritten(draft);
    draft.commit(draft.segment("by ana"));
    draft.commit(draft.pass(ben));
    draft.commit(draft.segment("by ben"));
    assertIsAsWritten(draft);
    draft.commit(draft.updated(null, DraftStatus.LOCKED));
    assertIsAsWritten(draft);
    draft.commit(draft.pass(ana, PassReason.RETURNED), draft.removed(ben));
    assertIsAsWritten(draft);
    draft.commit(draft.updated("The end", DraftStatus.COMPLETED));
    assertIsAsWritten(draft);
  }

  @Test
  void the_turns_that_are_loaded_are_those_that_the_events_lead_to() {
    DraftFixture draft = draft().begun(TIMED);
    assertIsAsWritten(draft);
    draft.commit(draft.added(ben, Role.CONTRIBUTOR), draft.added(cleo, Role.CONTRIBUTOR));
    draft.at(Cast.later(1)).commit(draft.requested(cleo));
    draft.at(Cast.later(2)).commit(draft.requested(ben));
    assertIsAsWritten(draft);
    draft.at(Cast.later(3)).commit(draft.segment("by ana"));
    draft.commit(draft.pass(cleo, PassReason.TURN_COMPLETE));
    assertIsAsWritten(draft);
    draft
        .at(Cast.later(4))
        .commit(draft.timedOut(ben), draft.updated(cleo, MemberChange.away(true)));
    assertIsAsWritten(draft);
    draft.at(Cast.later(5)).commit(draft.pass(ana, ana, PassReason.REVOKED));
    draft.at(Cast.later(6)).commit(draft.requested(cleo), draft.requested(ben));
    assertIsAsWritten(draft);
    draft.commit(draft.requestRemoved(cleo, RequestEnd.DECLINED));
    draft.commit(draft.updated(cleo, MemberChange.away(false)));
    assertIsAsWritten(draft);
    draft.at(Cast.later(7)).commit(draft.updated(ben, MemberChange.role(Role.VIEWER)));
    assertIsAsWritten(draft);
    draft.at(Cast.later(8)).commit(draft.updated(null, DraftStatus.LOCKED));
    draft.at(Cast.later(9)).commit(draft.updated(null, DraftStatus.ACTIVE));
    assertIsAsWritten(draft);
    draft.commit(draft.under(TurnPolicy.defaults().awayAfter(null)));
    assertIsAsWritten(draft);
    draft.at(Cast.later(10)).commit(draft.pass(cleo));
    draft.commit(draft.pass(ana, PassReason.RETURNED), draft.removed(cleo));
    assertIsAsWritten(draft);
  }

  @Test
  void missed_turns_are_loaded_as_they_were_counted() {
    DraftFixture draft = draft().begun(TIMED.awayAfter(10));
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    for (int turn = 0; turn < 3; turn++) {
      draft.at(Cast.later(turn)).commit(draft.timedOut(ben));
      draft.commit(draft.timedOut(ana));
      assertIsAsWritten(draft);
    }

    assertEquals(3, head(draft).draft().turns().attendanceOf(ben).missed());
  }

  @Test
  void requests_are_loaded_in_the_order_in_which_they_were_made() {
    DraftFixture draft = begun();
    List<UserId> inOrder = new ArrayList<>();
    for (String name : List.of("m", "z", "a", "Z", "\u00e9", "k", "1", "\"'\\${x}")) {
      UserId user = DraftFixture.freshUser(name);
      draft.commit(draft.added(user, Role.CONTRIBUTOR), draft.requested(user));
      inOrder.add(user);
    }
    draft.commit(draft.requestRemoved(inOrder.get(2), RequestEnd.WITHDRAWN));
    draft.commit(draft.requested(inOrder.get(2)));
    inOrder.add(inOrder.remove(2));

    assertEquals(
        inOrder, head(draft).draft().turns().requests().stream().map(RingRequest::user).toList());
    assertIsAsWritten(draft);
  }

  @Test
  void collaborators_are_loaded_in_the_order_in_which_they_were_added() {
    DraftFixture draft = begun();
    List<UserId> inOrder = new ArrayList<>();
    for (String name : List.of("m", "z", "a", "Z", "é", "k", "1")) {
      UserId user = DraftFixture.freshUser(name);
      draft.commit(draft.added(user, Role.CONTRIBUTOR));
      inOrder.add(user);
    }
    draft.commit(draft.removed(inOrder.get(2)), draft.added(inOrder.get(2), Role.VIEWER));
    inOrder.add(inOrder.remove(2));

    assertEquals(inOrder, List.copyOf(head(draft).draft().members().collaborators().keySet()));
  }

  @Test
  void a_loaded_head_does_not_change_when_the_draft_goes_on() {
    DraftFixture draft = begun();
    DraftHead head = head(draft);
    List<RecordedEvent> events = all(draft.id());
    DraftSummary before = draft.summary();

    draft.commit(draft.added(ben, Role.VIEWER), draft.segment("words"));

    assertEquals(new DraftHead(before, null), head);
    assertEquals(draft.events().subList(0, 1), events);
  }

  // Receipts.

  @Test
  void a_receipt_gives_back_the_events_of_its_command_with_their_revisions() {
    DraftFixture draft = begun();
    CommandKey key = new CommandKey(ana, "append-1");
    draft.commit(key, "abc123", draft.segment("words"));

    Receipt receipt = receipt(draft.id(), key);

    assertEquals(new Receipt("abc123", draft.events().subList(1, 2)), receipt);
  }

  @Test
  void a_receipt_holds_all_events_of_its_command_in_order() {
    DraftFixture draft = begun();
    draft.commit(draft.added(ben, Role.CONTRIBUTOR));
    draft.commit(draft.pass(ben));
    CommandKey key = new CommandKey(ben, "leave");
    draft.commit(key, "bye", draft.pass(ana, PassReason.RETURNED), draft.removed(ben));

    Receipt receipt = receipt(draft.id(), key);

    assertEquals(new Receipt("bye", draft.events().subList(3, 5)), receipt);
  }

  @Test
  void a_drafts_first_commit_has_a_receipt_too() {
    DraftFixture draft = draft();
    CommandKey key = new CommandKey(ana, "create");
    draft.commit(key, "f", draft.created(), draft.segment("Once"));

    assertEquals(new Receipt("f", draft.events()), receipt(draft.id(), key));
  }

  @Test
  void a_receipt_is_kept_however_far_the_draft_goes_on() {
    DraftFixture draft = begun();
    CommandKey key = new CommandKey(ana, "early");
    draft.commit(key, "f", draft.segment("early"));
    for (int i = 0; i < 20; i++) {
      draft.commit(new CommandKey(ana, "later-" + i), "g", draft.segment("later"));
    }

    DraftHead head = store().load(draft.id(), key).orElseThrow();

    assertEquals(22, head.revision());
    assertEquals(new Receipt("f", draft.events().subList(1, 2)), head.receipt());
  }

  @Test
  void a_command_that_was_not_carried_out_has_no_receipt() {
    DraftFixture draft = begun();

    assertNull(receipt(draft.id(), new CommandKey(ana, "never-sent")));
    assertNull(head(draft).receipt());
  }

  @Test
  void a_command_that_has_its_receipt_is_not_written_again() {
    DraftFixture draft = begun();
    CommandKey key = new CommandKey(ana, "append-1");
    draft.commit(key, "f", draft.segment("words"));
    Commit equal = draft.next(key, "f", draft.segment("words"));
    Commit other = draft.next(key, "g", draft.updated("Other", null), draft.segment("more"));

    assertEquals(new CommandRepeated(), store().append(equal));
    assertEquals(new CommandRepeated(), store().append(other));

    assertIsAsWritten(draft);
    assertEquals(new Receipt("f", draft.events().subList(1, 2)), receipt(draft.id(), key));
    draft.commit(draft.segment("on we go"));
    assertIsAsWritten(draft);
  }

  @Test
  void a_command_that_is_repeated_on_a_revision_that_has_passed_changes_nothing() {
    DraftFixture draft = begun();
    CommandKey key = new CommandKey(ana, "append-1");
    Commit again = draft.next(key, "f", draft.segment("words"));
    draft.commit(key, "f", draft.segment("words"));

    AppendResult result = store().append(again);

    assertTrue(
        result instanceof CommandRepeated || result instanceof RevisionConflict, result::toString);
    assertIsAsWritten(draft);
  }

  @Test
  void one_command_id_of_two_people_is_two_commands() {
    DraftFixture draft = begun();
    CommandKey anas = new CommandKey(ana, "1");
    CommandKey bens = new CommandKey(ben, "1");
    draft.commit(anas, "of ana", draft.added(ben, Role.CONTRIBUTOR));
    assertNull(receipt(draft.id(), bens));
    draft.commit(bens, "of ben", draft.removed(ben));

    assertEquals(new Receipt("of ana", draft.events().subList(1, 2)), receipt(draft.id(), anas));
    assertEquals(new Receipt("of ben", draft.events().subList(2, 3)), receipt(draft.id(), bens));
  }

  @Test
  void one_command_id_in_two_drafts_is_two_commands() {
    DraftFixture one = begun();
    DraftFixture other = begun();
    CommandKey key = new CommandKey(ana, "1");
    one.commit(key, "f", one.segment("one"));
    assertNull(receipt(other.id(), key));
    other.commit(key, "g", other.segment("other"));

    assertEquals(new Receipt("f", one.events().subList(1, 2)), receipt(one.id(), key));
    assertEquals(new Receipt("g", other.events().subList(1, 2)), receipt(other.id(), key));
  }

  @ParameterizedTest
  @MethodSource("commandIds")
  void a_receipt_is_found_under_any_command_id(String commandId) {
    DraftFixture draft = begun();
    CommandKey key = new CommandKey(ana, commandId);
    String longestFingerprint = "f".repeat(64);
    draft.commit(key, longestFingerprint, draft.segment("words"));

    assertEquals(
        new Receipt(longestFingerprint, draft.events().subList(1, 2)), receipt(draft.id(), key));
  }

  static Stream<String> commandIds() {
    return Stream.of(
        "0", "k".repeat(128), "\u00e9".repeat(128), "\u270d".repeat(128), emoji(64), " ", "'\"\\%");
  }

  @ParameterizedTest
  @MethodSource("namesThatLookAlike")
  void command_ids_that_only_look_alike_are_two_commands(String one, String other) {
    DraftFixture draft = begun();
    draft.commit(new CommandKey(ana, one), "f", draft.segment("words"));

    assertNull(receipt(draft.id(), new CommandKey(ana, other)));
    assertNotNull(receipt(draft.id(), new CommandKey(ana, one)));
  }

  @ParameterizedTest
  @MethodSource("namesThatLookAlike")
  void users_whose_names_only_look_alike_are_two_users(String one, String other) {
    DraftFixture draft = begun();
    UserId first = new UserId(ana + one);
    UserId second = new UserId(ana + other);
    CommandKey key = new CommandKey(first, "1");
    draft.commit(key, "f", draft.added(first, Role.CONTRIBUTOR));
    draft.commit(draft.added(second, Role.VIEWER));

    assertIsAsWritten(draft);
    assertNull(receipt(draft.id(), new CommandKey(second, "1")));
    assertNotNull(receipt(draft.id(), key));
  }

  static Stream<Arguments> namesThatLookAlike() {
    return Stream.of(
        Arguments.of("key", "KEY"),
        Arguments.of("key", "key "),
        Arguments.of("key", " key"),
        Arguments.of("\u00e9", "e\u0301"),
        Arguments.of("\u00df", "ss"),
        Arguments.of("a", "\u0430"),
        Arguments.of("1", "\uff11"),
        Arguments.of("k%", "kx"),
        Arguments.of("k_", "kx"));
  }

  // An event comes back as it was written.

  @ParameterizedTest
  @NullSource
  @EnumSource(Platform.class)
  void a_creation_comes_back_with_its_platform_or_without_one(@Nullable Platform platform) {
    assertComesBack(new DraftCreated(ana, Cast.NOW, "Title", platform, null));
  }

  @Test
  void a_segment_comes_back_with_every_field() {
    SegmentId longest = new SegmentId("aZ09_-".repeat(10) + "----");
    assertComesBack(
        created(), new SegmentAdded(new Segment(longest, ana, "words", 0, Cast.later(1))));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_new_collaborator_comes_back_in_either_role(Role role) {
    assertComesBack(created(), new CollaboratorAdded(ana, Cast.later(1), ben, role));
  }

  @Test
  void a_collaborator_who_is_removed_comes_back_with_who_did_it() {
    CollaboratorAdded added = new CollaboratorAdded(ana, Cast.NOW, ben, Role.VIEWER);
    assertComesBack(created(), added, new CollaboratorRemoved(ana, Cast.later(1), ben));
    assertComesBack(created(), added, new CollaboratorRemoved(ben, Cast.later(1), ben));
  }

  @ParameterizedTest
  @EnumSource(PassReason.class)
  void a_pass_comes_back_with_its_term_and_its_reason(PassReason reason) {
    UserId actor = reason == PassReason.TIMED_OUT ? UserId.TIMER : ana;
    assertComesBack(
        created(),
        new CollaboratorAdded(ana, Cast.NOW, ben, Role.CONTRIBUTOR),
        new RingPassed(actor, Cast.later(1), ana, ben, 2, reason, null),
        new RingPassed(actor, Cast.later(2), ben, ana, 3, reason, Cast.later(3)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void a_turn_policy_comes_back_whole(TurnPolicy policy) {
    assertComesBack(
        new DraftCreated(ana, Cast.NOW, "Title", Platform.BLOG, policy),
        new DraftUpdated(ana, Cast.later(1), DraftChange.turnPolicy(TIMED)),
        new DraftUpdated(ana, Cast.later(2), DraftChange.turnPolicy(policy)),
        new DraftUpdated(ana, Cast.later(3), new DraftChange("All", DraftStatus.LOCKED, policy)));
  }

  static Stream<TurnPolicy> policies() {
    return Stream.concat(
        Stream.of(TurnOrder.values()).map(TurnPolicy.defaults()::in),
        Stream.of(
            new TurnPolicy(TurnOrder.MANUAL, null, null, null),
            new TurnPolicy(TurnOrder.ROUND_ROBIN, TurnPolicy.MIN_SECONDS, 1, 1),
            new TurnPolicy(
                TurnOrder.REQUESTS_FIRST,
                TurnPolicy.MAX_SECONDS,
                TurnPolicy.MAX_SEGMENTS,
                TurnPolicy.MAX_MISSED)));
  }

  @Test
  void a_request_for_the_ring_and_its_removal_come_back() {
    assertComesBack(
        created(),
        new CollaboratorAdded(ana, Cast.NOW, ben, Role.CONTRIBUTOR),
        new RingRequested(ben, Cast.later(1)),
        new RingRequestRemoved(ben, Cast.later(2), ben, RequestEnd.WITHDRAWN),
        new RingRequested(ben, Cast.later(3)),
        new RingRequestRemoved(ana, Cast.later(4), ben, RequestEnd.DECLINED));
  }

  @ParameterizedTest
  @EnumSource(UpdateReason.class)
  void an_update_of_a_member_comes_back_with_the_fields_that_were_set_and_no_others(
      UpdateReason reason) {
    UserId actor = reason == UpdateReason.MISSED_TURNS ? UserId.TIMER : ana;
    assertComesBack(
        created(),
        new CollaboratorAdded(ana, Cast.NOW, ben, Role.CONTRIBUTOR),
        new CollaboratorUpdated(actor, Cast.later(1), ben, MemberChange.away(true), reason),
        new CollaboratorUpdated(actor, Cast.later(2), ben, MemberChange.role(Role.VIEWER), reason),
        new CollaboratorUpdated(
            actor, Cast.later(3), ben, new MemberChange(Role.CONTRIBUTOR, false), reason),
        new CollaboratorUpdated(actor, Cast.later(4), ana, MemberChange.away(true), reason));
  }

  @ParameterizedTest
  @EnumSource(DraftStatus.class)
  void an_update_comes_back_with_the_fields_that_were_set_and_no_others(DraftStatus status) {
    assertComesBack(
        created(),
        new DraftUpdated(ana, Cast.later(1), DraftChange.title("Only a title")),
        new DraftUpdated(ana, Cast.later(2), new DraftChange("Both", status, null)),
        new DraftUpdated(ana, Cast.later(3), DraftChange.status(status)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void texts_come_back_character_by_character(String name, String text) {
    assertComesBack(
        new DraftCreated(ana, Cast.NOW, text, Platform.BLOG, null),
        new SegmentAdded(new Segment(Cast.SEGMENT, ana, text, 0, Cast.NOW)),
        new DraftUpdated(ana, Cast.NOW, DraftChange.title(text)));
  }

  static Stream<Arguments> texts() {
    String controls =
        IntStream.concat(IntStream.range(1, 0x20), IntStream.range(0x7f, 0xa0))
            .mapToObj(Character::toString)
            .collect(joining());
    return Stream.of(
        Arguments.of("one character", "x"),
        Arguments.of("one blank", " "),
        Arguments.of("blanks around", "  in the middle \t "),
        Arguments.of("line ends", "\n\r\n\r one \n two \r\n three \r"),
        Arguments.of("quotes", "\"double\" 'single' `back` \u201cround\u201d ''"),
        Arguments.of("backslashes", "\\ \\\\ \\n \\u0041 \\x41 \\0 \\"),
        Arguments.of("every control character but NUL", controls),
        Arguments.of("emoji of several code points", "\ud83d\udc69\u200d\ud83d\ude80 \u270d\ufe0f"),
        Arguments.of("both directions", "\u202eabc\u202c \u0634\u0644\u0627\u0645 \u05d0\u05d1"),
        Arguments.of("accents composed and not", "\u00e9 e\u0301 \u1e9b\u0323"),
        Arguments.of("line separators and a byte order mark", "\u2028\u2029\ufeff\u200b"),
        Arguments.of("noncharacters", "\ufffe\uffff\ufdd0\udbff\udfff"),
        Arguments.of("JSON", "{\"a\":[1,null,\"\\u0000\"]}"),
        Arguments.of("the word null", "null"),
        Arguments.of("SQL", "'; drop table draft; -- ? :name $1 $$"),
        Arguments.of("placeholders", "%s %d {0} ${x} #{y} ?1"));
  }

  @Test
  void the_longest_texts_of_four_byte_characters_come_back() {
    assertComesBack(
        new DraftCreated(ana, Cast.NOW, emoji(200), null, null),
        new SegmentAdded(new Segment(Cast.SEGMENT, ana, emoji(500), 0, Cast.NOW)));
  }

  @Test
  void the_longest_user_ids_come_back() {
    String unique = DraftFixture.freshUser("").value();
    String filler = "\u00fc\u4e2d\ud83d\ude00".repeat(22);
    filler += "\u00e9".repeat(128 - unique.length() - filler.length());
    UserId creator = new UserId(unique + filler);
    UserId other = new UserId(filler + unique);

    assertComesBack(
        new DraftCreated(creator, Cast.NOW, "Title", null, null),
        new CollaboratorAdded(creator, Cast.NOW, other, Role.CONTRIBUTOR),
        new RingRequested(other, Cast.NOW),
        new CollaboratorUpdated(
            creator, Cast.NOW, other, MemberChange.away(true), UpdateReason.CREATOR),
        new RingPassed(creator, Cast.NOW, creator, other, 2, PassReason.PASSED, null),
        new SegmentAdded(new Segment(Cast.SEGMENT, other, "words", 0, Cast.NOW)),
        new RingPassed(other, Cast.NOW, other, creator, 3, PassReason.RETURNED, null),
        new CollaboratorRemoved(other, Cast.NOW, other));
  }

  @Test
  void the_longest_draft_id_comes_back() {
    String unique = DraftFixture.freshId().value();
    DraftId longest = new DraftId((unique + "_Zz-" + "9".repeat(64)).substring(0, 64));
    DraftFixture draft = DraftFixture.of(store(), longest, ana).begun();
    draft.commit(draft.segment("words"));

    assertIsAsWritten(draft);
  }

  @Test
  void draft_ids_that_differ_in_case_are_two_drafts() {
    String unique = DraftFixture.freshId().value();
    DraftFixture lower = DraftFixture.of(store(), new DraftId(unique + "-x"), ana).begun();
    DraftFixture upper = DraftFixture.of(store(), new DraftId(unique + "-X"), ben).begun();
    lower.commit(lower.segment("words"));

    assertIsAsWritten(lower);
    assertIsAsWritten(upper);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.001Z",
        "2026-11-23T12:00:00.123Z",
        "2026-11-23T23:59:59.999Z",
        "2026-03-29T01:30:00.500Z",
        "2026-10-25T00:30:00.500Z",
        "2026-10-25T01:30:00.500Z",
        "2000-02-29T00:00:00.010Z",
        "2100-01-01T00:00:00.100Z"
      })
  void instants_come_back_to_the_millisecond(Instant at) {
    assertComesBack(
        new DraftCreated(ana, at, "Title", null, null),
        new SegmentAdded(new Segment(Cast.SEGMENT, ana, "words", 0, at)),
        new CollaboratorAdded(ana, at, ben, Role.CONTRIBUTOR),
        new RingRequested(ben, at),
        new RingPassed(ana, at, ana, ben, 2, PassReason.PASSED, at.plusMillis(10_001)),
        new RingRequested(ana, at),
        new CollaboratorUpdated(ana, at, ben, MemberChange.away(true), UpdateReason.CREATOR),
        new RingRequestRemoved(ana, at, ana, RequestEnd.WITHDRAWN),
        new DraftUpdated(ana, at, DraftChange.title("Title")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T12:00:00.123456Z",
        "2026-11-23T12:00:00.123500Z",
        "2026-11-23T12:00:00.123999999Z",
        "2026-11-23T12:00:00.999999999Z"
      })
  void an_event_that_was_made_at_a_finer_instant_is_read_as_append_returned_it(Instant at) {
    DraftFixture draft = draft().at(at);
    CommandKey key = new CommandKey(ana, "create");

    List<RecordedEvent> appended =
        draft.commit(key, "f", draft.created(TIMED), draft.segment("words"));
    appended =
        concat(
            appended,
            draft.commit(
                draft.added(ben, Role.CONTRIBUTOR), draft.requested(ben), draft.pass(ben)));
    appended = concat(appended, draft.commit(draft.requested(ana)));

    for (RecordedEvent event : appended) {
      assertEquals(at.truncatedTo(ChronoUnit.MILLIS), event.event().at());
    }
    assertEquals(appended, all(draft.id()));
    assertEquals(new Receipt("f", appended.subList(0, 2)), receipt(draft.id(), key));
    assertIsAsWritten(draft);
  }

  // Reading on from a revision.

  @Test
  void reading_goes_on_after_the_given_revision() {
    DraftFixture draft = withEvents(7);

    for (int after = 0; after <= 7; after++) {
      assertEquals(
          draft.events().subList(after, 7), store().readAfter(draft.id(), after, ALL), "" + after);
    }
  }

  @Test
  void reading_ends_at_the_limit() {
    DraftFixture draft = withEvents(7);

    assertAll(
        () -> assertEquals(List.of(1L), revisions(store().readAfter(draft.id(), 0, 1))),
        () -> assertEquals(List.of(4L, 5L), revisions(store().readAfter(draft.id(), 3, 2))),
        () -> assertEquals(List.of(6L, 7L), revisions(store().readAfter(draft.id(), 5, 2))),
        () -> assertEquals(List.of(7L), revisions(store().readAfter(draft.id(), 6, 2))),
        () -> assertEquals(7, store().readAfter(draft.id(), 0, 7).size()),
        () -> assertEquals(7, store().readAfter(draft.id(), 0, 8).size()),
        () -> assertEquals(7, store().readAfter(draft.id(), 0, Integer.MAX_VALUE).size()));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 1_000_000_000_000L, Long.MAX_VALUE})
  void beyond_the_head_there_is_nothing_to_read(long revision) {
    DraftFixture draft = withEvents(3);

    assertEquals(List.of(), store().readAfter(draft.id(), revision, ALL));
  }

  @Test
  void a_draft_that_does_not_exist_has_nothing_to_read() {
    assertEquals(List.of(), store().readAfter(DraftFixture.freshId(), 0, ALL));
  }

  @Test
  void a_long_history_is_read_in_pages_without_gap_or_repeat() {
    DraftFixture draft = withEvents(60);

    List<RecordedEvent> read = new ArrayList<>();
    List<RecordedEvent> page = store().readAfter(draft.id(), 0, 7);
    while (!page.isEmpty() && read.size() < 1_000) {
      read.addAll(page);
      page = store().readAfter(draft.id(), page.getLast().revision(), 7);
    }

    assertEquals(draft.events(), read);
  }

  // Heads and epoch.

  @Test
  void heads_tell_the_revisions_of_the_drafts_that_exist() {
    DraftFixture one = withEvents(1);
    DraftFixture three = withEvents(3);
    DraftId nowhere = DraftFixture.freshId();

    assertEquals(
        Map.of(one.id(), 1L, three.id(), 3L),
        store().heads(List.of(one.id(), nowhere, three.id(), one.id())));
    assertEquals(Map.of(), store().heads(List.of(nowhere)));
    assertEquals(Map.of(), store().heads(List.of()));
  }

  @Test
  void heads_may_be_asked_for_many_drafts_at_once() {
    DraftFixture draft = withEvents(2);
    List<DraftId> many =
        new ArrayList<>(Stream.generate(DraftFixture::freshId).limit(2_000).toList());
    many.add(1_000, draft.id());

    assertEquals(Map.of(draft.id(), 2L), store().heads(many));
  }

  @Test
  void heads_follow_a_commit_at_once() {
    DraftFixture draft = begun();
    for (int i = 2; i <= 10; i++) {
      draft.commit(draft.segment("words"));
      assertEquals(Map.of(draft.id(), (long) i), store().heads(List.of(draft.id())));
    }
  }

  @Test
  void the_epoch_stays() {
    Epoch before = store().epoch();

    begun();

    assertEquals(before, store().epoch());
  }

  // Many at once.

  @Test
  void of_many_commits_on_one_revision_exactly_one_is_written() {
    DraftFixture draft = begun();
    for (int round = 0; round < 10; round++) {
      List<Commit> rivals =
          Stream.generate(() -> draft.next(draft.segment("mine"), draft.updated("mine", null)))
              .limit(THREADS)
              .toList();

      List<AppendResult> results = Concurrently.atOnce(THREADS, i -> store().append(rivals.get(i)));

      int winner = onlyWinner(results);
      draft.wrote(rivals.get(winner));
      assertIsAsWritten(draft);
      for (int i = 0; i < THREADS; i++) {
        Receipt receipt = receipt(draft.id(), rivals.get(i).key());
        assertEquals(i == winner, receipt != null, "a receipt for whom was refused, or none");
      }
    }
  }

  @Test
  void of_many_beginnings_of_one_draft_exactly_one_is_written() {
    for (int round = 0; round < 5; round++) {
      DraftId id = DraftFixture.freshId();
      List<UserId> rivals = List.of(ana, ben, cleo, vera);
      List<Commit> beginnings =
          rivals.stream()
              .map(user -> DraftFixture.of(store(), id, user))
              .map(draft -> draft.next(draft.created(), draft.segment("Once")))
              .toList();

      List<AppendResult> results =
          Concurrently.atOnce(beginnings.size(), i -> store().append(beginnings.get(i)));

      int winner = onlyWinner(results);
      DraftFixture draft = DraftFixture.of(store(), id, rivals.get(winner));
      draft.wrote(beginnings.get(winner));
      assertIsAsWritten(draft);
    }
  }

  @Test
  void many_drafts_grow_in_parallel_without_a_trace_of_each_other() {
    List<DraftFixture> drafts =
        Concurrently.atOnce(
            THREADS,
            i -> {
              DraftFixture draft = begun();
              for (int n = 0; n < 15; n++) {
                draft.commit(draft.segment("draft " + i + ", word " + n));
              }
              return draft;
            });

    for (DraftFixture draft : drafts) {
      assertIsAsWritten(draft);
    }
  }

  @Test
  void a_reader_never_sees_a_gap_or_half_a_commit() {
    DraftFixture draft = begun();
    AtomicBoolean written = new AtomicBoolean();

    Concurrently.atOnce(
        3,
        i -> {
          if (i == 0) {
            writePairs(draft, written);
          } else {
            readWhile(draft.id(), written);
          }
          return i;
        });

    assertIsAsWritten(draft);
  }

  private void writePairs(DraftFixture draft, AtomicBoolean written) {
    try {
      for (int n = 1; n <= 40; n++) {
        CommandKey key = new CommandKey(ana, "pair-" + n);
        draft.commit(key, "f", draft.segment("words"), draft.updated("Title " + n, null));
      }
    } finally {
      written.set(true);
    }
  }

  /** After its creation the draft grows by pairs: it is never seen at an even revision. */
  private void readWhile(DraftId draft, AtomicBoolean written) {
    boolean last = false;
    long seen = 1;
    while (!last) {
      last = written.get();
      List<RecordedEvent> events = all(draft);
      assertEquals(LongStream.rangeClosed(1, events.size()).boxed().toList(), revisions(events));
      assertEquals(1, events.size() % 2, "half a commit was read");
      assertTrue(events.size() >= seen, "what was read once is gone");
      seen = events.size();

      long pair = seen / 2 + 1;
      CommandKey key = new CommandKey(ana, "pair-" + pair);
      DraftHead head = store().load(draft, key).orElseThrow();
      assertTrue(head.revision() >= seen, "the head is behind the events");
      assertEquals(head.revision() / 2, head.draft().segmentCount(), "draft and revision differ");
      assertEquals(
          head.revision() >= 2 * pair + 1, head.receipt() != null, "receipt and revision differ");
      seen = head.revision();

      long told = store().heads(List.of(draft)).getOrDefault(draft, 0L);
      assertTrue(told >= seen && told % 2 == 1, "the head went back, or split a commit");
      seen = told;
    }
  }

  private DraftFixture draft() {
    return DraftFixture.of(store(), DraftFixture.freshId(), ana);
  }

  private DraftFixture begun() {
    return draft().begun();
  }

  private DraftFixture withEvents(int count) {
    DraftFixture draft = begun();
    for (int i = 1; i < count; i++) {
      draft.commit(i % 2 == 1 ? draft.segment("segment " + i) : draft.updated("Title " + i, null));
    }
    return draft;
  }

  private DraftCreated created() {
    return new DraftCreated(ana, Cast.NOW, "Title", null, null);
  }

  /** Writes the events, each in a commit of its own, and reads them in each of the ways. */
  private void assertComesBack(DraftEvent... events) {
    DraftId id = DraftFixture.freshId();
    DraftFixture draft = DraftFixture.of(store(), id, events[0].actor());
    for (int i = 0; i < events.length; i++) {
      CommandKey key = new CommandKey(events[i].actor(), "command-" + i);
      List<RecordedEvent> appended = draft.commit(key, "f" + i, events[i]);
      assertEquals(List.of(draft.events().getLast()), appended);
      assertEquals(new Receipt("f" + i, appended), receipt(id, key));
    }
    assertIsAsWritten(draft);
  }

  private void assertIsAsWritten(DraftFixture draft) {
    assertEquals(draft.events(), all(draft.id()));
    DraftHead head = head(draft);
    assertEquals(draft.summary(), head.summary());
    assertEquals(draft.draft(), head.draft());
    assertEquals(draft.revision(), head.revision());
    assertEquals(Map.of(draft.id(), draft.revision()), store().heads(List.of(draft.id())));
  }

  private DraftHead head(DraftFixture draft) {
    return store().load(draft.id(), draft.draft().members().creator()).orElseThrow();
  }

  private @Nullable Receipt receipt(DraftId draft, CommandKey key) {
    return store().load(draft, key).map(DraftHead::receipt).orElse(null);
  }

  private List<RecordedEvent> all(DraftId draft) {
    return store().readAfter(draft, 0, ALL);
  }

  private static List<Long> revisions(List<RecordedEvent> events) {
    return events.stream().map(RecordedEvent::revision).toList();
  }

  private static List<RecordedEvent> concat(List<RecordedEvent> first, List<RecordedEvent> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static Commit expecting(long revision, Commit commit) {
    return new Commit(
        commit.draft(),
        revision,
        commit.key(),
        commit.fingerprint(),
        commit.after(),
        commit.events());
  }

  private static int onlyWinner(List<AppendResult> results) {
    List<Integer> winners =
        IntStream.range(0, results.size())
            .filter(i -> results.get(i) instanceof Appended)
            .boxed()
            .toList();
    assertEquals(1, winners.size(), () -> "appended at once: " + winners);
    assertEquals(results.size() - 1, Collections.frequency(results, new RevisionConflict()));
    return winners.getFirst();
  }

  /** So many code points, each of four bytes in UTF-8. */
  private static String emoji(int count) {
    return "\ud83e\udd91".repeat(count);
  }
}
