package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.SEGMENT;
import static dev.ringdraft.testing.Cast.TITLE;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;
import static dev.ringdraft.testing.Cast.later;
import static dev.ringdraft.testing.Commands.add;
import static dev.ringdraft.testing.Commands.append;
import static dev.ringdraft.testing.Commands.begin;
import static dev.ringdraft.testing.Commands.leave;
import static dev.ringdraft.testing.Commands.pass;
import static dev.ringdraft.testing.Commands.passIn;
import static dev.ringdraft.testing.Commands.remove;
import static dev.ringdraft.testing.Commands.status;
import static dev.ringdraft.testing.Commands.title;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.FaultInjectingStore.Append;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Contended;
import dev.ringdraft.authoring.Outcome.KeyReused;
import dev.ringdraft.authoring.Outcome.PreconditionFailed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.draft.Rejection.DraftUnknown;
import dev.ringdraft.draft.Rejection.FieldsInvalid;
import dev.ringdraft.draft.Rejection.RingMoved;
import dev.ringdraft.draft.Rejection.RingNotHeld;
import dev.ringdraft.eventstore.CommitInDoubtException;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.eventstore.Deadline;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.DraftVersion;
import dev.ringdraft.eventstore.Epoch;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.StoreUnavailableException;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Concurrently;
import dev.ringdraft.testing.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a command is carried out: at most once, told once, never guessed. */
final class DraftCommandsTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("key-1");

  private final InMemoryDraftEventStore log = new InMemoryDraftEventStore();
  private final FaultInjectingStore store = new FaultInjectingStore(log);
  private final List<List<RecordedEvent>> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final DraftCommands commands = server(store, told::add);

  /** Another server on the same log. */
  private final DraftCommands elsewhere = server(log, CommitListener.none());

  /** ANA's draft, of which BEN is a contributor and VERA a viewer; at revision 3. */
  private DraftId draft = new DraftId("none-yet");

  private DraftCommands server(DraftEventStore on, CommitListener listener) {
    return new DraftCommands(
        on, listener, DraftLimits.defaults(), () -> "id-" + ids.incrementAndGet());
  }

  @BeforeEach
  void begin_a_draft() {
    draft = committed(elsewhere.create(begin(ANA), CommandOptions.none())).draft();
    committed(elsewhere.handle(draft, add(ANA, BEN, Role.CONTRIBUTOR), CommandOptions.none()));
    committed(elsewhere.handle(draft, add(ANA, VERA, Role.VIEWER), CommandOptions.none()));
  }

  @Nested
  final class Plainly {
    @Test
    void a_command_is_committed_and_told_once() {
      Committed committed = committed(handle(append(ANA)));

      RecordedEvent event = new RecordedEvent(draft, 4, Events.segment(ANA, 0));
      assertEquals(new Committed(draft, store.epoch(), List.of(event), false), committed);
      assertEquals(4, committed.revision());
      assertEquals(event, events().getLast());
      assertEquals(List.of(List.of(event)), told);
    }

    @Test
    void a_command_of_two_events_is_told_as_one_commit() {
      committed(handle(pass(ANA, BEN)));
      Committed committed = committed(handle(leave(BEN)));

      assertEquals(
          List.of(
              new RecordedEvent(draft, 5, Events.returned(BEN, BEN, 3)),
              new RecordedEvent(draft, 6, Events.left(BEN))),
          committed.events());
      assertEquals(6, committed.revision());
      assertEquals(committed.events(), told.getLast());
    }

    @Test
    void a_refused_command_changes_nothing_and_is_not_told() {
      assertEquals(new Refused(new RingNotHeld(ANA)), handle(append(BEN)));

      assertIsUntouched();
    }

    @Test
    void a_draft_that_does_not_exist_looks_like_one_that_may_not_be_seen() {
      DraftId nowhere = new DraftId("nowhere");

      Outcome ofNone = commands.handle(nowhere, append(ANA), CommandOptions.none());

      assertEquals(new Refused(new DraftUnknown()), ofNone);
      assertEquals(ofNone, handle(append(ZED)));
      assertTrue(log.readAfter(nowhere, 0, 1).isEmpty());
    }

    @Test
    void a_command_without_a_key_is_carried_out_each_time() {
      assertEquals(4, committed(handle(append(ANA))).revision());
      assertEquals(5, committed(handle(append(ANA))).revision());
    }
  }

  @Nested
  final class Creating {
    private final CreateDraft withSegment =
        new CreateDraft(
            ANA, NOW, NewDraft.titled(TITLE).startingWith(new NewSegment(SEGMENT, "Once")));

    @Test
    void a_new_draft_is_committed_and_told_with_all_its_events() {
      Committed committed = committed(commands.create(withSegment, CommandOptions.none()));

      assertEquals(
          List.of(
              new RecordedEvent(committed.draft(), 1, Events.created()),
              new RecordedEvent(committed.draft(), 2, Events.segment(ANA, 0, "Once"))),
          committed.events());
      assertEquals(List.of(committed.events()), told);
    }

    @Test
    void without_a_key_each_creation_is_another_draft() {
      assertNotEquals(
          committed(commands.create(begin(ANA), CommandOptions.none())).draft(),
          committed(commands.create(begin(ANA), CommandOptions.none())).draft());
    }

    @Test
    void a_repeated_creation_gives_back_equal_events_however_fine_the_clock_is() {
      CreateDraft fine = new CreateDraft(ANA, NOW.plusNanos(987_654), withSegment.draft());
      Committed first = committed(commands.create(fine, CommandOptions.once(KEY)));

      assertEquals(
          List.of(Events.created(), Events.segment(ANA, 0, "Once")),
          first.events().stream().map(RecordedEvent::event).toList());
      assertEquals(
          new Committed(first.draft(), first.epoch(), first.events(), true),
          elsewhere.create(fine, CommandOptions.once(KEY)));
    }

    @Test
    void a_repeated_creation_gives_back_the_first_draft_even_after_it_has_moved_on() {
      Committed first = committed(commands.create(withSegment, CommandOptions.once(KEY)));
      commands.handle(first.draft(), title(ANA, "Other"), CommandOptions.none());
      CreateDraft again =
          new CreateDraft(
              ANA,
              later(60),
              NewDraft.titled(TITLE)
                  .startingWith(new NewSegment(new SegmentId("another"), "Once")));

      assertEquals(
          new Committed(first.draft(), first.epoch(), first.events(), true),
          elsewhere.create(again, CommandOptions.once(KEY)));
      assertEquals(2, told.size());
    }

    @Test
    void a_key_creates_one_thing_only() {
      committed(commands.create(withSegment, CommandOptions.once(KEY)));

      assertEquals(new KeyReused(), commands.create(begin(ANA), CommandOptions.once(KEY)));
    }

    @Test
    void the_key_of_a_creation_is_free_within_the_draft() {
      Committed created = committed(commands.create(begin(ANA), CommandOptions.once(KEY)));

      Committed appended =
          committed(commands.handle(created.draft(), append(ANA), CommandOptions.once(KEY)));

      assertEquals(2, appended.revision());
      assertEquals(
          created.events(),
          committed(commands.create(begin(ANA), CommandOptions.once(KEY))).events());
    }

    @Test
    void a_refused_creation_leaves_its_key_free() {
      CreateDraft untitled = new CreateDraft(ANA, NOW, NewDraft.titled(""));

      assertInstanceOf(
          FieldsInvalid.class,
          assertInstanceOf(Refused.class, commands.create(untitled, CommandOptions.once(KEY)))
              .rejection());
      assertTrue(told.isEmpty());
      committed(commands.create(begin(ANA), CommandOptions.once(KEY)));
    }

    @Test
    void one_key_of_two_people_is_two_drafts() {
      assertNotEquals(
          committed(commands.create(begin(ANA), CommandOptions.once(KEY))).draft(),
          committed(commands.create(begin(BEN), CommandOptions.once(KEY))).draft());
    }

    @Test
    void user_and_key_are_never_read_as_one_word() {
      DraftId one =
          committed(
                  commands.create(
                      begin(new UserId("ana")), CommandOptions.once(new IdempotencyKey("bee"))))
              .draft();
      DraftId other =
          committed(
                  commands.create(
                      begin(new UserId("anab")), CommandOptions.once(new IdempotencyKey("ee"))))
              .draft();

      assertNotEquals(one, other);
    }

    @Test
    void the_id_that_a_key_gives_is_a_uuid_of_version_8_and_the_same_on_every_server() {
      DraftId created = committed(commands.create(begin(ANA), CommandOptions.once(KEY))).draft();

      assertEquals(new DraftId("8ec2591a-df24-84d2-9265-fed8b2b7fa33"), created);
      for (int i = 0; i < 100; i++) {
        IdempotencyKey key = new IdempotencyKey("key " + i);
        UUID id =
            UUID.fromString(
                committed(commands.create(begin(BEN), CommandOptions.once(key))).draft().value());
        assertEquals(8, id.version());
        assertEquals(2, id.variant());
      }
    }

    @Test
    void of_many_equal_creations_at_once_one_is_carried_out() {
      List<Outcome> outcomes =
          Concurrently.atOnce(
              8,
              i ->
                  (i % 2 == 0 ? commands : elsewhere)
                      .create(withSegment, CommandOptions.once(KEY)));

      Set<DraftId> drafts = new HashSet<>();
      outcomes.forEach(outcome -> drafts.add(committed(outcome).draft()));
      assertEquals(1, drafts.size());
      assertEquals(1, outcomes.stream().filter(outcome -> !committed(outcome).replayed()).count());
      assertEquals(2, log.readAfter(drafts.iterator().next(), 0, 100).size());
    }

    @Test
    void an_id_that_is_taken_is_not_taken_over() {
      DraftCommands unimaginative =
          new DraftCommands(log, CommitListener.none(), DraftLimits.defaults(), draft::value);

      Outcome outcome =
          unimaginative.create(begin(ZED), CommandOptions.once(new IdempotencyKey("unseen")));
      Outcome collision = unimaginative.create(begin(ZED), CommandOptions.none());

      committed(outcome);
      assertEquals(new Contended(), collision);
      assertEquals(3, events().size());
    }
  }

  @Nested
  @DisplayName("R10 a repeated command gets its first outcome whoever holds the ring now")
  final class R10 {
    @Test
    void a_repeated_append_gets_its_first_outcome_after_the_ring_has_moved_on() {
      Committed first = committed(once(append(ANA)));
      committed(handle(pass(ANA, BEN)));

      assertEquals(replayed(first), once(append(ANA)));
      assertEquals(5, events().size());
    }

    @Test
    void a_repeated_append_gets_its_first_outcome_for_its_old_term() {
      AppendSegment inTerm1 = new AppendSegment(ANA, NOW, new NewSegment(SEGMENT, "words"), 1L);
      Committed first = committed(once(inTerm1));
      committed(handle(pass(ANA, BEN)));

      assertEquals(replayed(first), once(inTerm1));
    }

    @Test
    void a_repeated_pass_gets_its_first_outcome_and_passes_nothing() {
      Committed first = committed(once(pass(ANA, BEN)));
      committed(handle(pass(BEN, ANA)));

      assertEquals(replayed(first), once(pass(ANA, BEN)));
      assertEquals(5, events().size());
    }

    @Test
    void a_repeated_departure_gets_its_first_outcome_from_outside() {
      committed(handle(pass(ANA, BEN)));
      Committed first = committed(once(leave(BEN)));

      assertEquals(2, first.events().size());
      assertEquals(replayed(first), once(leave(BEN)));
    }

    @Test
    void a_repeated_append_gets_its_first_outcome_though_its_author_was_removed() {
      committed(handle(pass(ANA, BEN)));
      Committed first = committed(once(append(BEN)));
      committed(handle(remove(ANA, BEN)));

      assertEquals(replayed(first), once(append(BEN)));
      assertEquals(new Refused(new DraftUnknown()), handle(append(BEN)));
    }

    @ParameterizedTest
    @EnumSource(DraftStatus.class)
    void a_repeated_command_gets_its_first_outcome_in_any_status(DraftStatus status) {
      Committed first = committed(once(append(ANA)));
      committed(handle(status(ANA, status)));

      assertEquals(replayed(first), once(append(ANA)));
    }

    @Test
    void a_repeated_command_comes_with_other_instants_and_ids() {
      Committed first = committed(once(append(ANA)));

      assertEquals(
          replayed(first),
          once(
              new AppendSegment(
                  ANA, later(60), new NewSegment(new SegmentId("another"), "words"), null)));
    }

    @Test
    void a_repeated_command_gets_its_first_outcome_on_another_server() {
      Committed first = committed(once(append(ANA)));

      assertEquals(replayed(first), elsewhere.handle(draft, append(ANA), CommandOptions.once(KEY)));
    }

    @Test
    void a_repeated_command_is_not_told_again() {
      once(append(ANA));
      once(append(ANA));

      assertEquals(1, told.size());
    }

    @Test
    void a_refused_command_may_be_sent_again_under_its_key_and_is_then_decided_anew() {
      assertEquals(new Refused(new RingNotHeld(ANA)), once(append(BEN)));
      committed(handle(pass(ANA, BEN)));

      assertEquals(5, committed(once(append(BEN))).revision());
    }

    @Test
    void a_key_stands_for_one_command_only() {
      committed(once(append(ANA, "words")));

      assertEquals(new KeyReused(), once(append(ANA, "other words")));
      assertEquals(new KeyReused(), once(pass(ANA, BEN)));
      assertEquals(4, events().size());
      assertEquals(1, told.size());
    }

    @Test
    void a_key_belongs_to_one_user() {
      committed(once(title(ANA, "Other")));
      committed(handle(pass(ANA, BEN)));

      assertEquals(6, committed(once(append(BEN))).revision());
    }

    @Test
    void a_key_belongs_to_one_draft() {
      committed(once(append(ANA)));
      DraftId other = committed(elsewhere.create(begin(ANA), CommandOptions.none())).draft();

      assertEquals(
          2, committed(commands.handle(other, append(ANA), CommandOptions.once(KEY))).revision());
    }

    @Test
    void of_many_equal_commands_at_once_one_is_carried_out() {
      List<Outcome> outcomes =
          Concurrently.atOnce(
              8,
              i ->
                  (i % 2 == 0 ? commands : elsewhere)
                      .handle(draft, append(ANA), CommandOptions.once(KEY)));

      assertEquals(1, outcomes.stream().filter(outcome -> !committed(outcome).replayed()).count());
      assertEquals(4, events().size());
    }
  }

  @Nested
  final class AtVersion {
    private DraftVersion current() {
      return new DraftVersion(log.epoch(), events().size());
    }

    private CommandOptions ifAt(DraftVersion... versions) {
      return CommandOptions.none().on(Set.of(versions));
    }

    @Test
    void a_command_for_this_version_is_carried_out() {
      assertEquals(4, committed(commands.handle(draft, append(ANA), ifAt(current()))).revision());
    }

    @Test
    void one_of_several_versions_is_enough() {
      DraftVersion old = new DraftVersion(log.epoch(), 1);

      committed(commands.handle(draft, append(ANA), ifAt(old, current())));
    }

    @Test
    void a_command_for_another_revision_is_not_carried_out() {
      DraftVersion old = new DraftVersion(log.epoch(), 2);
      DraftVersion future = new DraftVersion(log.epoch(), 4);

      assertEquals(
          new PreconditionFailed(current()),
          commands.handle(draft, append(ANA), ifAt(old, future)));
      assertIsUntouched();
    }

    @Test
    void a_command_for_another_epoch_is_not_carried_out() {
      DraftVersion restored = new DraftVersion(new Epoch("before-the-restore"), 3);

      assertEquals(
          new PreconditionFailed(current()), commands.handle(draft, append(ANA), ifAt(restored)));
    }

    @Test
    void no_version_at_all_is_never_the_current_one() {
      assertEquals(
          new PreconditionFailed(current()),
          commands.handle(draft, append(ANA), CommandOptions.none().on(Set.of())));
    }

    @Test
    void the_receipt_comes_before_the_version() {
      CommandOptions options = CommandOptions.once(KEY).on(Set.of(current()));
      Committed first = committed(commands.handle(draft, append(ANA), options));

      assertEquals(replayed(first), commands.handle(draft, append(ANA), options));
      assertEquals(new KeyReused(), commands.handle(draft, append(ANA, "other"), options));
    }

    @Test
    void the_version_comes_before_the_rules() {
      DraftVersion old = new DraftVersion(log.epoch(), 1);

      assertEquals(
          new PreconditionFailed(current()), commands.handle(draft, append(BEN), ifAt(old)));
      assertEquals(
          new PreconditionFailed(current()),
          commands.handle(draft, passIn(9, ANA, BEN), ifAt(old)));
      assertEquals(
          new Refused(new RingNotHeld(ANA)), commands.handle(draft, append(BEN), ifAt(current())));
      assertEquals(
          new Refused(new RingMoved(ANA, 1)),
          commands.handle(draft, passIn(9, ANA, BEN), ifAt(current())));
    }

    @Test
    void a_stranger_learns_no_version() {
      DraftVersion old = new DraftVersion(log.epoch(), 1);

      assertEquals(new Refused(new DraftUnknown()), commands.handle(draft, append(ZED), ifAt(old)));
      assertEquals(
          new Refused(new DraftUnknown()),
          commands.handle(new DraftId("nowhere"), append(ANA), ifAt(old)));
    }

    @Test
    void a_draft_that_moves_on_meanwhile_is_not_at_that_version_any_more() {
      store.meanwhile(() -> elsewhere.handle(draft, title(ANA, "Other"), CommandOptions.none()));

      assertEquals(
          new PreconditionFailed(new DraftVersion(log.epoch(), 4)),
          commands.handle(draft, append(ANA), ifAt(current())));
      assertTrue(told.isEmpty());
    }
  }

  /** Only members wait for each other, and only they are waited for. */
  @Nested
  final class BeforeTheLane {
    private final DraftId nowhere = new DraftId("nowhere");

    @Test
    void a_stranger_is_refused_while_a_members_commit_is_on_its_way() {
      refusesWithoutWaiting(ZED);
    }

    private void refusesWithoutWaiting(UserId stranger) {
      List<Outcome> refusals = new CopyOnWriteArrayList<>();
      store.meanwhile(() -> refusals.addAll(Concurrently.atOnce(1, i -> handle(append(stranger)))));

      committed(handle(append(ANA)));

      assertEquals(List.of(new Refused(new DraftUnknown())), refusals);
    }

    @Test
    void a_stranger_costs_one_look_whether_the_draft_is_remembered_is_there_or_not() {
      DraftId remembered = committed(commands.create(begin(ANA), CommandOptions.none())).draft();
      for (DraftId asked : List.of(remembered, draft, nowhere)) {
        int before = store.loads();

        Outcome outcome = commands.handle(asked, append(ZED), CommandOptions.none());

        assertEquals(new Refused(new DraftUnknown()), outcome);
        assertEquals(1, store.loads() - before);
      }
    }

    @Test
    void a_member_is_looked_up_once_and_then_known() {
      assertEquals(4, committed(handle(append(ANA))).revision());
      assertEquals(1, store.loads());
      assertEquals(5, committed(handle(title(ANA, "Other"))).revision());
      assertEquals(1, store.loads());
    }

    @Test
    void a_member_whom_a_rule_refuses_is_looked_up_once() {
      assertEquals(new Refused(new RingNotHeld(ANA)), handle(append(BEN)));
      assertEquals(1, store.loads());
    }

    @Test
    void a_member_is_known_while_anothers_commit_is_on_its_way() throws Exception {
      committed(handle(title(ANA, "Remembered")));
      int before = store.loads();
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      Thread ben = Thread.ofPlatform().unstarted(() -> outcomes.add(handle(leave(BEN))));
      store.meanwhile(
          () -> {
            ben.start();
            while (ben.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
          });

      committed(handle(title(ANA, "First")));
      ben.join();

      assertEquals(6, committed(outcomes.getFirst()).revision());
      assertEquals(before, store.loads());
    }

    @Test
    void who_was_removed_elsewhere_does_not_wait_for_the_lock_again() {
      committed(handle(title(ANA, "Remembered")));
      committed(elsewhere.handle(draft, remove(ANA, BEN), CommandOptions.none()));
      assertEquals(new Refused(new DraftUnknown()), handle(append(BEN)));

      refusesWithoutWaiting(BEN);
    }

    @Test
    void who_was_removed_elsewhere_is_no_member_any_more() {
      committed(handle(title(ANA, "Remembered")));
      committed(elsewhere.handle(draft, remove(ANA, BEN), CommandOptions.none()));

      assertEquals(new Refused(new DraftUnknown()), handle(title(BEN, "Mine")));
      assertEquals(5, events().size());
    }
  }

  @Nested
  final class WhenOthersAreQuicker {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void the_command_is_decided_on_again(int times) {
      for (int i = 0; i < times; i++) {
        store.meanwhile(() -> elsewhere.handle(draft, append(ANA), CommandOptions.none()));
      }

      Committed committed = committed(handle(append(ANA)));

      assertEquals(4 + times, committed.revision());
      assertEquals(
          List.of(new RecordedEvent(draft, 4 + times, Events.segment(ANA, times))),
          committed.events());
      assertEquals(times + 1, store.appends());
      assertEquals(List.of(committed.events()), told);
    }

    @Test
    void the_rules_are_those_of_the_draft_as_it_is_then() {
      store.meanwhile(() -> elsewhere.handle(draft, pass(ANA, BEN), CommandOptions.none()));

      assertEquals(new Refused(new RingNotHeld(BEN)), handle(append(ANA)));
      assertTrue(told.isEmpty());
    }

    @Test
    void the_same_command_elsewhere_is_recognised() {
      store.meanwhile(() -> elsewhere.handle(draft, append(ANA), CommandOptions.once(KEY)));

      assertTrue(committed(once(append(ANA))).replayed());
      assertEquals(4, events().size());
      assertTrue(told.isEmpty());
    }

    @Test
    void after_three_attempts_the_draft_is_contended() {
      store.next(Append.MOVED, Append.MOVED, Append.MOVED);

      assertEquals(new Contended(), once(append(ANA)));

      assertEquals(3, store.appends());
      assertIsUntouched();
      assertEquals(4, committed(once(append(ANA))).revision());
    }

    @Test
    void the_third_attempt_may_succeed() {
      store.next(Append.MOVED, Append.MOVED);

      assertEquals(4, committed(handle(append(ANA))).revision());
      assertEquals(3, store.appends());
    }

    @Test
    void a_creation_is_carried_out_once_though_two_servers_begin_it() {
      store.meanwhile(() -> elsewhere.create(begin(BEN), CommandOptions.once(KEY)));

      assertTrue(committed(commands.create(begin(BEN), CommandOptions.once(KEY))).replayed());
    }
  }

  @Nested
  final class WhenTheAnswerIsLost {
    @ParameterizedTest
    @EnumSource(names = {"LOST_AFTER", "LOST_BEFORE"})
    void the_command_is_carried_out_once_and_told_once(Append lost) {
      store.next(lost);

      Committed committed = committed(once(append(ANA)));

      assertEquals(
          List.of(new RecordedEvent(draft, 4, Events.segment(ANA, 0))), committed.events());
      assertEquals(committed.events(), events().subList(3, events().size()));
      assertEquals(List.of(committed.events()), told);
      assertEquals(lost == Append.LOST_AFTER ? 1 : 2, store.appends());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_AFTER", "LOST_BEFORE"})
    void a_command_without_a_key_is_carried_out_once_too(Append lost) {
      store.next(lost);

      Committed committed = committed(handle(append(ANA)));

      assertEquals(false, committed.replayed());
      assertEquals(4, events().size());
      assertEquals(List.of(committed.events()), told);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_AFTER", "LOST_BEFORE"})
    void a_draft_is_created_once(Append lost) {
      store.next(lost);

      Committed committed = committed(commands.create(begin(BEN), CommandOptions.once(KEY)));

      assertEquals(false, committed.replayed());
      assertEquals(committed.events(), log.readAfter(committed.draft(), 0, 100));
      assertEquals(List.of(committed.events()), told);
    }

    @Test
    void a_commit_that_was_made_after_others_were_quicker_is_found() {
      store.next(Append.MOVED, Append.LOST_AFTER);

      assertEquals(4, committed(once(append(ANA))).revision());
      assertEquals(4, events().size());
    }

    @Test
    void a_commit_that_was_made_at_the_last_attempt_is_found() {
      store.next(Append.MOVED, Append.MOVED, Append.LOST_AFTER);

      Committed committed = committed(once(append(ANA)));

      assertEquals(4, committed.revision());
      assertEquals(false, committed.replayed());
      assertEquals(List.of(committed.events()), told);
    }

    @Test
    void a_lost_answer_and_a_quicker_rival_leave_the_command_to_the_next_attempt() {
      store.next(Append.LOST_BEFORE);
      store.meanwhile(() -> {});
      store.meanwhile(() -> elsewhere.handle(draft, append(ANA), CommandOptions.none()));

      assertEquals(5, committed(once(append(ANA))).revision());
      assertEquals(5, events().size());
    }

    @Test
    void what_can_not_be_found_after_all_attempts_is_said_to_be_unavailable() {
      store.next(Append.LOST_BEFORE, Append.LOST_BEFORE, Append.LOST_BEFORE);

      StoreUnavailableException unavailable =
          assertThrows(StoreUnavailableException.class, () -> once(append(ANA)));

      assertInstanceOf(CommitInDoubtException.class, unavailable.getCause());
      assertIsUntouched();
    }

    @Test
    void when_the_store_is_gone_the_same_key_tells_later_what_was_made() {
      store.next(Append.LOST_AFTER);
      store.unavailableAfter(1);
      assertThrows(StoreUnavailableException.class, () -> once(append(ANA)));
      assertTrue(told.isEmpty());

      store.unavailableAfter(Integer.MAX_VALUE);

      assertEquals(4, committed(once(append(ANA))).revision());
      assertEquals(4, events().size());
    }

    @Test
    void a_key_that_is_reused_while_in_doubt_is_not_told() {
      store.next(Append.LOST_BEFORE);
      store.meanwhile(
          () -> elsewhere.handle(draft, append(ANA, "other"), CommandOptions.once(KEY)));

      assertEquals(new KeyReused(), once(append(ANA)));
      assertTrue(told.isEmpty());
    }
  }

  @Nested
  final class WhenTheStoreIsGone {
    @Test
    void a_load_that_fails_is_passed_on() {
      store.unavailableAfter(0);

      assertThrows(StoreUnavailableException.class, () -> handle(append(ANA)));
      assertIsUntouched();
    }

    @Test
    void an_append_that_fails_is_passed_on_and_not_tried_again() {
      store.next(Append.UNAVAILABLE);

      assertThrows(StoreUnavailableException.class, () -> handle(append(ANA)));
      assertEquals(1, store.appends());
      assertIsUntouched();
    }

    @Test
    void the_next_command_goes_through() {
      store.next(Append.UNAVAILABLE);
      assertThrows(StoreUnavailableException.class, () -> once(append(ANA)));

      assertEquals(4, committed(once(append(ANA))).revision());
    }
  }

  /** The server's own last commit left the draft at revision 4, held by ANA. */
  @Nested
  final class OnARememberedHead {
    private int before;

    @BeforeEach
    void commit_here() {
      committed(handle(title(ANA, "Remembered")));
      told.clear();
      before = store.loads();
    }

    @Test
    void a_command_is_carried_out_without_reading_the_draft() {
      for (int i = 5; i < 10; i++) {
        assertEquals(i, committed(handle(append(ANA))).revision());
      }

      assertEquals(before, store.loads());
      assertEquals(5, told.size());
      assertEquals(9, events().size());
    }

    @Test
    void a_creation_reads_nothing_either_and_its_draft_is_remembered() {
      DraftId created = committed(commands.create(begin(ANA), CommandOptions.once(KEY))).draft();

      committed(commands.handle(created, append(ANA), CommandOptions.once(KEY)));

      assertEquals(before, store.loads());
    }

    @Test
    void a_repeated_command_gets_its_first_outcome() {
      Committed first = committed(once(append(ANA)));

      assertEquals(replayed(first), once(append(ANA)));
      assertEquals(new KeyReused(), once(append(ANA, "other")));
      assertEquals(List.of(first.events()), told);
      assertEquals(5, events().size());
    }

    @Test
    void a_command_that_was_carried_out_elsewhere_is_recognised() {
      Committed first = committed(elsewhere.handle(draft, append(ANA), CommandOptions.once(KEY)));

      assertEquals(replayed(first), once(append(ANA)));
    }

    @Test
    void no_rule_is_broken_by_what_is_behind() {
      committed(elsewhere.handle(draft, pass(ANA, BEN), CommandOptions.none()));

      assertEquals(new Refused(new RingNotHeld(BEN)), handle(append(ANA)));
      assertEquals(5, events().size());
    }

    @Test
    void nobody_is_refused_by_what_is_behind() {
      committed(elsewhere.handle(draft, pass(ANA, BEN), CommandOptions.none()));

      assertEquals(6, committed(handle(append(BEN))).revision());
      assertEquals(before + 1, store.loads());
    }

    @Test
    void a_command_for_the_remembered_version_is_carried_out_without_reading() {
      DraftVersion current = new DraftVersion(log.epoch(), 4);

      assertEquals(5, committed(commands.handle(draft, append(ANA), at(current))).revision());
      assertEquals(before, store.loads());
    }

    @Test
    void a_command_for_a_version_that_has_passed_is_not_carried_out() {
      DraftVersion remembered = new DraftVersion(log.epoch(), 4);
      committed(elsewhere.handle(draft, append(ANA), CommandOptions.none()));

      assertEquals(
          new PreconditionFailed(new DraftVersion(log.epoch(), 5)),
          commands.handle(draft, append(ANA), at(remembered)));
    }

    @Test
    void a_command_for_a_version_of_another_servers_making_is_carried_out() {
      committed(elsewhere.handle(draft, append(ANA), CommandOptions.none()));
      DraftVersion current = new DraftVersion(log.epoch(), 5);

      assertEquals(6, committed(commands.handle(draft, append(ANA), at(current))).revision());
    }

    @Test
    void the_try_is_none_of_the_three_attempts() {
      store.next(Append.MOVED, Append.MOVED, Append.MOVED);

      assertEquals(5, committed(handle(append(ANA))).revision());
      assertEquals(before + 3, store.loads());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_AFTER", "LOST_BEFORE"})
    void a_command_whose_answer_is_lost_is_carried_out_once(Append lost) {
      store.next(lost);

      Committed committed = committed(once(append(ANA)));

      assertEquals(
          List.of(new RecordedEvent(draft, 5, Events.segment(ANA, 0))), committed.events());
      assertEquals(false, committed.replayed());
      assertEquals(committed.events(), events().subList(4, events().size()));
      assertEquals(List.of(committed.events()), told);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_BEFORE", "UNAVAILABLE"})
    void nothing_is_remembered_of_any_draft_once_the_store_broke_off(Append broken) {
      DraftId other = committed(commands.create(begin(ANA), CommandOptions.none())).draft();
      store.next(broken);
      try {
        handle(append(ANA));
      } catch (StoreUnavailableException gone) {
        assertEquals(Append.UNAVAILABLE, broken);
      }
      int after = store.loads();

      committed(commands.handle(other, append(ANA), CommandOptions.none()));

      assertEquals(after + 1, store.loads());
    }

    private CommandOptions at(DraftVersion version) {
      return CommandOptions.none().on(Set.of(version));
    }
  }

  @Test
  void a_command_waits_for_others_of_its_draft_no_longer_than_its_deadline() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    store.meanwhile(
        () -> {
          inside.countDown();
          awaitOpen(answered);
        });
    Thread first = Thread.ofVirtual().start(() -> committed(handle(append(ANA))));
    awaitOpen(inside);

    CommandOptions options = CommandOptions.once(KEY).by(Deadline.after(Duration.ofMillis(50)));
    assertThrows(
        StoreUnavailableException.class, () -> commands.handle(draft, append(ANA), options));
    answered.countDown();
    first.join();

    assertEquals(4, events().size());
    assertEquals(5, committed(once(append(ANA))).revision());
  }

  @Test
  void the_store_works_within_the_deadline_of_the_command() {
    List<Deadline> given = new ArrayList<>();
    DraftCommands bounded =
        new DraftCommands(
            new RelayingStore(log) {
              @Override
              public DraftEventStore within(Deadline deadline) {
                given.add(deadline);
                return this;
              }
            },
            CommitListener.none(),
            DraftLimits.defaults(),
            IdSource.random());
    Deadline deadline = Deadline.after(Duration.ofMinutes(1));

    committed(bounded.handle(draft, append(ANA), CommandOptions.none().by(deadline)));
    committed(bounded.create(begin(ANA), CommandOptions.none().by(deadline)));

    assertEquals(List.of(deadline, deadline), given);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void thirty_appends_at_once_are_all_carried_out_in_one_row() {
    List<Outcome> outcomes =
        Concurrently.atOnce(30, i -> commands.handle(draft, append(ANA), CommandOptions.none()));

    List<Long> revisions = outcomes.stream().map(o -> committed(o).revision()).sorted().toList();
    assertEquals(IntStream.rangeClosed(4, 33).mapToObj(Long::valueOf).toList(), revisions);
    assertEquals(30, told.size());
    List<RecordedEvent> inOrder = new ArrayList<>();
    told.forEach(inOrder::addAll);
    assertEquals(events().subList(3, 33), inOrder);
  }

  @Test
  void of_two_passes_at_once_on_two_servers_exactly_one_wins() {
    for (int round = 0; round < 50; round++) {
      UserId holder = log.load(draft, ANA).orElseThrow().draft().ring().holder();
      UserId next = holder.equals(ANA) ? BEN : ANA;
      int before = events().size();

      List<Outcome> outcomes =
          Concurrently.atOnce(
              2,
              i ->
                  (i == 0 ? commands : elsewhere)
                      .handle(draft, pass(holder, next), CommandOptions.none()));

      assertEquals(1, outcomes.stream().filter(Committed.class::isInstance).count());
      assertEquals(1, outcomes.stream().filter(Refused.class::isInstance).count());
      assertEquals(before + 1, events().size());
    }
  }

  private Outcome handle(DraftCommand command) {
    return commands.handle(draft, command, CommandOptions.none());
  }

  private Outcome once(DraftCommand command) {
    return commands.handle(draft, command, CommandOptions.once(KEY));
  }

  private List<RecordedEvent> events() {
    return log.readAfter(draft, 0, 1_000);
  }

  private void assertIsUntouched() {
    assertEquals(3, events().size());
    assertTrue(told.isEmpty());
  }

  private static Committed committed(Outcome outcome) {
    return assertInstanceOf(Committed.class, outcome);
  }

  private static Committed replayed(Committed first) {
    return new Committed(first.draft(), first.epoch(), first.events(), true);
  }
}
