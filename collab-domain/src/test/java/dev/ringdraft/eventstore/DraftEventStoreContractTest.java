package dev.ringdraft.eventstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.contract.DraftEventStoreContract;
import dev.ringdraft.contract.RelayingStore;
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
import dev.ringdraft.draft.Platform;
import dev.ringdraft.eventstore.AppendResult.CommandRepeated;
import dev.ringdraft.eventstore.AppendResult.RevisionConflict;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.segment.Segment;
import dev.ringdraft.turn.Attendance;
import dev.ringdraft.turn.RingRequest;
import dev.ringdraft.turn.Turns;
import dev.ringdraft.view.Collaborator;
import dev.ringdraft.view.DraftSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of stores, judged: it must fail for each store that breaks a promise. */
final class DraftEventStoreContractTest {
  private static final int TESTS = 63;

  @Test
  void a_store_that_does_nothing_passes_only_where_there_is_nothing_to_find() {
    SuiteRun run = SuiteRun.of(OfNothing.class);

    assertEquals(
        Set.of(
            "a_draft_that_does_not_exist_can_not_be_loaded",
            "a_draft_that_does_not_exist_has_nothing_to_read"),
        run.passed());
    assertEquals(TESTS - 2, run.failed().size());
  }

  @Test
  void a_store_that_only_relays_passes() {
    SuiteRun run = SuiteRun.of(OfRelaying.class);

    assertEquals(Set.of(), run.failed());
    assertEquals(TESTS, run.passed().size());
  }

  @Test
  void a_store_that_ignores_the_expected_revision_is_caught() {
    assertCaught(
        OfIgnoringRevisions.class,
        "a_commit_on_a_revision_that_has_passed_changes_nothing",
        "a_commit_on_a_revision_that_is_yet_to_come_changes_nothing",
        "of_many_commits_on_one_revision_exactly_one_is_written");
  }

  @Test
  void a_store_that_lets_a_draft_begin_twice_is_caught() {
    assertCaught(
        OfBeginningTwice.class,
        "a_draft_can_not_begin_twice",
        "of_many_beginnings_of_one_draft_exactly_one_is_written");
  }

  @Test
  void a_store_that_looks_at_the_revision_before_it_locks_is_caught() {
    String test = "of_many_commits_on_one_revision_exactly_one_is_written";

    assertEquals(Set.of(test), SuiteRun.of(OfLookingTooEarly.class, test).failed());
  }

  @Test
  void a_store_that_loses_the_second_event_is_caught() {
    assertCaught(
        OfLosingTheSecond.class,
        "a_draft_may_begin_with_several_events",
        "revisions_count_on_without_a_gap_over_commits_of_one_and_of_several_events");
  }

  @Test
  void a_store_that_writes_event_by_event_is_caught() {
    assertCaught(
        OfWritingOneByOne.class,
        "a_receipt_holds_all_events_of_its_command_in_order",
        "a_commit_whose_last_event_can_not_be_stored_is_not_stored_in_part");
  }

  @Test
  void a_store_that_forgets_receipts_is_caught() {
    assertCaught(
        OfForgettingReceipts.class,
        "a_receipt_gives_back_the_events_of_its_command_with_their_revisions",
        "a_drafts_first_commit_has_a_receipt_too");
  }

  @Test
  void a_store_that_writes_a_repeated_command_again_is_caught() {
    assertCaught(OfRepeating.class, "a_command_that_has_its_receipt_is_not_written_again");
  }

  @Test
  void a_store_whose_receipts_hold_one_event_is_caught() {
    assertCaught(OfShortReceipts.class, "a_receipt_holds_all_events_of_its_command_in_order");
  }

  @Test
  void a_store_whose_receipts_belong_to_everybody_is_caught() {
    assertCaught(OfSharedReceipts.class, "one_command_id_of_two_people_is_two_commands");
  }

  @Test
  void a_store_whose_receipts_know_no_case_is_caught() {
    assertCaught(OfCaselessReceipts.class, "command_ids_that_only_look_alike_are_two_commands");
  }

  @Test
  void a_store_that_cuts_fingerprints_is_caught() {
    assertCaught(OfShortFingerprints.class, "a_receipt_is_found_under_any_command_id");
  }

  @Test
  void a_store_that_reads_one_event_too_many_is_caught() {
    assertCaught(OfReadingTooMuch.class, "reading_goes_on_after_the_given_revision");
  }

  @Test
  void a_store_that_reads_one_event_too_few_is_caught() {
    assertCaught(
        OfReadingTooLittle.class,
        "reading_goes_on_after_the_given_revision",
        "a_long_history_is_read_in_pages_without_gap_or_repeat");
  }

  @Test
  void a_store_that_ignores_the_limit_is_caught() {
    assertCaught(OfReadingOn.class, "reading_ends_at_the_limit");
  }

  @Test
  void a_store_that_cuts_instants_to_seconds_is_caught() {
    assertCaught(
        OfSeconds.class,
        "instants_come_back_to_the_millisecond",
        "an_event_that_was_made_at_a_finer_instant_is_read_as_append_returned_it");
  }

  @Test
  void a_store_that_trims_texts_is_caught() {
    assertCaught(OfTrimming.class, "texts_come_back_character_by_character");
  }

  @Test
  void a_store_that_fills_in_what_was_not_given_is_caught() {
    assertCaught(
        OfFillingIn.class,
        "an_update_comes_back_with_the_fields_that_were_set_and_no_others",
        "a_creation_comes_back_with_its_platform_or_without_one");
  }

  @Test
  void a_store_that_sorts_collaborators_is_caught() {
    assertEquals(
        Set.of(
            "collaborators_are_loaded_in_the_order_in_which_they_were_added",
            "requests_are_loaded_in_the_order_in_which_they_were_made",
            "the_draft_that_is_loaded_is_the_one_that_its_events_lead_to",
            "users_whose_names_only_look_alike_are_two_users"),
        SuiteRun.of(OfSortingMembers.class).failed());
  }

  @Test
  void a_store_that_knows_heads_of_drafts_that_do_not_exist_is_caught() {
    assertCaught(OfTooManyHeads.class, "heads_tell_the_revisions_of_the_drafts_that_exist");
  }

  @Test
  void a_store_whose_heads_are_stale_is_caught() {
    assertCaught(OfStaleHeads.class, "heads_follow_a_commit_at_once");
  }

  @Test
  void a_store_whose_epoch_changes_is_caught() {
    assertEquals(Set.of("the_epoch_stays"), SuiteRun.of(OfChangingEpochs.class).failed());
  }

  @Test
  void a_store_that_is_open_to_everybody_is_caught() {
    assertCaught(OfOpenDoors.class, "a_draft_is_loaded_for_its_members_and_for_nobody_else");
  }

  @Test
  void a_store_that_shuts_out_who_went_is_caught() {
    assertCaught(OfShutDoors.class, "who_went_is_still_given_the_receipt_of_their_own_command");
  }

  @Test
  void a_store_that_shuts_out_the_server_is_caught() {
    assertCaught(OfNoServer.class, "the_server_loads_each_draft_for_its_own_commands");
  }

  @Test
  void a_store_that_loses_the_end_of_a_turn_is_caught() {
    assertCaught(
        OfLosingEnds.class,
        "a_pass_comes_back_with_its_term_and_its_reason",
        "the_turns_that_are_loaded_are_those_that_the_events_lead_to");
  }

  @Test
  void a_store_that_loses_turn_policies_is_caught() {
    assertCaught(OfLosingPolicies.class, "a_turn_policy_comes_back_whole");
  }

  @Test
  void a_store_that_sorts_requests_is_caught() {
    assertCaught(
        OfSortingRequests.class,
        "requests_are_loaded_in_the_order_in_which_they_were_made",
        "the_turns_that_are_loaded_are_those_that_the_events_lead_to");
  }

  @Test
  void a_store_that_forgets_missed_turns_is_caught() {
    assertCaught(OfForgettingMissed.class, "missed_turns_are_loaded_as_they_were_counted");
  }

  @Test
  void a_store_that_forgets_who_is_away_is_caught() {
    assertCaught(
        OfForgettingAway.class,
        "an_update_of_a_member_comes_back_with_the_fields_that_were_set_and_no_others",
        "the_turns_that_are_loaded_are_those_that_the_events_lead_to");
  }

  private static void assertCaught(Class<?> suite, String... by) {
    assertEquals(Set.of(by), SuiteRun.of(suite, by).failed());
  }

  @ExtendWith(SuiteRun.Only.class)
  static final class OfNothing extends DraftEventStoreContract {
    @Override
    protected DraftEventStore store() {
      return new DraftEventStore() {
        @Override
        public Optional<DraftHead> load(DraftId draft, UserId member) {
          return Optional.empty();
        }

        @Override
        public Optional<DraftHead> load(DraftId draft, CommandKey command) {
          return Optional.empty();
        }

        @Override
        public AppendResult append(Commit commit) {
          return new RevisionConflict();
        }

        @Override
        public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
          return List.of();
        }

        @Override
        public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
          return Map.of();
        }

        @Override
        public Epoch epoch() {
          return new Epoch("nothing");
        }
      };
    }
  }

  /** A suite over a store in memory with something wrong in front of it. */
  @ExtendWith(SuiteRun.Only.class)
  abstract static class OfFaulty extends DraftEventStoreContract {
    private final DraftEventStore store = inFrontOf(new InMemoryDraftEventStore());

    abstract DraftEventStore inFrontOf(DraftEventStore sound);

    @Override
    protected DraftEventStore store() {
      return store;
    }
  }

  static final class OfRelaying extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound);
    }
  }

  static final class OfIgnoringRevisions extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public synchronized AppendResult append(Commit commit) {
          long revision = super.heads(List.of(commit.draft())).getOrDefault(commit.draft(), 0L);
          return super.append(copy(commit, revision, commit.events()));
        }
      };
    }
  }

  static final class OfBeginningTwice extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          AppendResult result = super.append(commit);
          return commit.expectedRevision() == 0 && result instanceof RevisionConflict
              ? new AppendResult.Appended(
                  List.of(new RecordedEvent(commit.draft(), 1, commit.events().getFirst())))
              : result;
        }
      };
    }
  }

  /** Two who append at once both look, and then both write. */
  static final class OfLookingTooEarly extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      Exchanger<Commit> meeting = new Exchanger<>();
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          long seen = super.heads(List.of(commit.draft())).getOrDefault(commit.draft(), 0L);
          if (seen != commit.expectedRevision()) {
            return new RevisionConflict();
          }
          try {
            meeting.exchange(commit, 20, TimeUnit.MILLISECONDS);
          } catch (TimeoutException alone) {
            return super.append(commit);
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          synchronized (this) {
            long now = super.heads(List.of(commit.draft())).getOrDefault(commit.draft(), 0L);
            return super.append(copy(commit, now, commit.events()));
          }
        }
      };
    }
  }

  static final class OfLosingTheSecond extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          return super.append(
              copy(commit, commit.expectedRevision(), commit.events().subList(0, 1)));
        }
      };
    }
  }

  static final class OfWritingOneByOne extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          AppendResult result = new RevisionConflict();
          long revision = commit.expectedRevision();
          for (DraftEvent event : commit.events()) {
            if (event instanceof SegmentAdded added && added.segment().content().contains("\0")) {
              throw new StoreUnavailableException("NUL", new IllegalArgumentException());
            }
            result = super.append(copy(commit, revision, List.of(event)));
            revision++;
          }
          return result;
        }
      };
    }
  }

  static final class OfOpenDoors extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, UserId member) {
          return super.readAfter(draft, 0, 1).stream()
              .findFirst()
              .flatMap(created -> super.load(draft, created.event().actor()));
        }
      };
    }
  }

  static final class OfShutDoors extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, CommandKey command) {
          return super.load(draft, command)
              .filter(head -> head.draft().members().contains(command.actor()));
        }
      };
    }
  }

  static final class OfForgettingReceipts extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, CommandKey command) {
          return super.load(draft, command.actor());
        }
      };
    }
  }

  /** Relies on whoever appends to have looked for the receipt. */
  static final class OfRepeating extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          AppendResult result = super.append(commit);
          return result instanceof CommandRepeated
              ? super.append(withKey(commit, new CommandKey(commit.key().actor(), "again")))
              : result;
        }
      };
    }
  }

  static final class OfShortReceipts extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, CommandKey command) {
          return super.load(draft, command)
              .map(head -> new DraftHead(head.summary(), cut(head.receipt())));
        }

        private static @Nullable Receipt cut(@Nullable Receipt receipt) {
          return receipt == null
              ? null
              : new Receipt(receipt.fingerprint(), receipt.events().subList(0, 1));
        }
      };
    }
  }

  /** Looks receipts up by something that says less than the whole key. */
  private static DraftEventStore withKeys(DraftEventStore sound, UnaryOperator<CommandKey> blur) {
    return new RelayingStore(sound) {
      @Override
      public Optional<DraftHead> load(DraftId draft, CommandKey command) {
        return super.load(draft, blur.apply(command));
      }

      @Override
      public AppendResult append(Commit commit) {
        return super.append(withKey(commit, blur.apply(commit.key())));
      }
    };
  }

  static final class OfSharedReceipts extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return withKeys(sound, key -> new CommandKey(new UserId("all"), key.commandId()));
    }
  }

  static final class OfCaselessReceipts extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return withKeys(
          sound, key -> new CommandKey(key.actor(), key.commandId().toLowerCase(Locale.ROOT)));
    }
  }

  static final class OfShortFingerprints extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public AppendResult append(Commit commit) {
          String fingerprint = commit.fingerprint();
          return super.append(
              new Commit(
                  commit.draft(),
                  commit.expectedRevision(),
                  commit.key(),
                  fingerprint.substring(0, Math.min(32, fingerprint.length())),
                  commit.after(),
                  commit.events()));
        }
      };
    }
  }

  static final class OfReadingTooMuch extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
          return super.readAfter(draft, revision - 1, limit);
        }
      };
    }
  }

  static final class OfReadingTooLittle extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
          return super.readAfter(draft, revision == 0 ? 0 : revision + 1, limit);
        }
      };
    }
  }

  static final class OfReadingOn extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public List<RecordedEvent> readAfter(DraftId draft, long revision, int limit) {
          return super.readAfter(draft, revision, Integer.MAX_VALUE);
        }
      };
    }
  }

  /** Keeps other events than it was given. */
  private static DraftEventStore keeping(DraftEventStore sound, UnaryOperator<DraftEvent> change) {
    return new RelayingStore(sound) {
      @Override
      public AppendResult append(Commit commit) {
        return super.append(
            copy(commit, commit.expectedRevision(), commit.events().stream().map(change).toList()));
      }
    };
  }

  static final class OfSeconds extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return keeping(sound, event -> at(event, event.at().truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  static final class OfTrimming extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return keeping(
          sound,
          event ->
              event instanceof SegmentAdded added
                  ? new SegmentAdded(
                      new Segment(
                          added.segment().id(),
                          added.segment().author(),
                          added.segment().content().strip(),
                          added.segment().position(),
                          added.segment().createdAt()))
                  : event);
    }
  }

  static final class OfFillingIn extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return keeping(
          sound,
          event -> {
            if (event instanceof DraftCreated e && e.platform() == null) {
              return new DraftCreated(e.actor(), e.at(), e.title(), Platform.BLOG, null);
            }
            if (event instanceof DraftUpdated e && e.change().title() == null) {
              return new DraftUpdated(
                  e.actor(), e.at(), new DraftChange("", e.change().status(), null));
            }
            return event;
          });
    }
  }

  static final class OfSortingMembers extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, UserId member) {
          return super.load(draft, member)
              .map(head -> new DraftHead(sorted(head.summary()), head.receipt()));
        }

        private static DraftSummary sorted(DraftSummary summary) {
          return summaryWith(
              summary,
              summary.turns(),
              summary.collaborators().stream()
                  .sorted(Comparator.comparing(each -> each.user().value()))
                  .toList());
        }
      };
    }
  }

  static final class OfNoServer extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, CommandKey command) {
          return super.load(draft, command)
              .filter(head -> head.receipt() != null || !command.actor().isReserved());
        }
      };
    }
  }

  static final class OfLosingEnds extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return keeping(
          sound,
          event ->
              event instanceof RingPassed e
                  ? new RingPassed(e.actor(), e.at(), e.from(), e.to(), e.term(), e.reason(), null)
                  : event);
    }
  }

  static final class OfLosingPolicies extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return keeping(
          sound,
          event ->
              event instanceof DraftCreated e
                  ? new DraftCreated(e.actor(), e.at(), e.title(), e.platform(), null)
                  : event);
    }
  }

  /** A suite over a store whose heads have other turns than their events lead to. */
  abstract static class OfOtherTurns extends OfFaulty {
    abstract Turns instead(Turns turns);

    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Optional<DraftHead> load(DraftId draft, UserId member) {
          return super.load(draft, member)
              .map(
                  head ->
                      new DraftHead(
                          summaryWith(
                              head.summary(),
                              instead(head.summary().turns()),
                              head.summary().collaborators()),
                          head.receipt()));
        }
      };
    }

    static Turns with(Turns turns, List<RingRequest> requests, UnaryOperator<Attendance> change) {
      Map<UserId, Attendance> attendance = new HashMap<>(turns.attendance());
      attendance.replaceAll((user, each) -> change.apply(each));
      attendance.values().removeIf(Attendance.NONE::equals);
      return new Turns(
          turns.policy(), turns.startedAt(), turns.firstPosition(), requests, attendance);
    }
  }

  static final class OfSortingRequests extends OfOtherTurns {
    @Override
    Turns instead(Turns turns) {
      return with(
          turns,
          turns.requests().stream()
              .sorted(Comparator.comparing(each -> each.user().value()))
              .toList(),
          UnaryOperator.identity());
    }
  }

  static final class OfForgettingMissed extends OfOtherTurns {
    @Override
    Turns instead(Turns turns) {
      return with(
          turns,
          turns.requests(),
          each -> new Attendance(each.lastTerm(), Math.min(each.missed(), 1), each.away()));
    }
  }

  static final class OfForgettingAway extends OfOtherTurns {
    @Override
    Turns instead(Turns turns) {
      return with(
          turns, turns.requests(), each -> new Attendance(each.lastTerm(), each.missed(), false));
    }
  }

  static final class OfTooManyHeads extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        @Override
        public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
          Map<DraftId, Long> heads = new HashMap<>(super.heads(drafts));
          drafts.forEach(draft -> heads.putIfAbsent(draft, 0L));
          return heads;
        }
      };
    }
  }

  static final class OfStaleHeads extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      Map<DraftId, Long> cache = new ConcurrentHashMap<>();
      return new RelayingStore(sound) {
        @Override
        public Map<DraftId, Long> heads(Collection<DraftId> drafts) {
          super.heads(drafts).forEach(cache::putIfAbsent);
          Map<DraftId, Long> heads = new HashMap<>(cache);
          heads.keySet().retainAll(Set.copyOf(drafts));
          return heads;
        }
      };
    }
  }

  static final class OfChangingEpochs extends OfFaulty {
    @Override
    DraftEventStore inFrontOf(DraftEventStore sound) {
      return new RelayingStore(sound) {
        private int asked;

        @Override
        public Epoch epoch() {
          asked++;
          return new Epoch("epoch-" + asked);
        }
      };
    }
  }

  private static DraftSummary summaryWith(
      DraftSummary summary, Turns turns, List<Collaborator> collaborators) {
    return new DraftSummary(
        summary.id(),
        summary.creator(),
        summary.title(),
        summary.platform(),
        summary.status(),
        summary.revision(),
        summary.ring(),
        turns,
        collaborators,
        summary.segmentCount(),
        summary.createdAt(),
        summary.updatedAt());
  }

  private static Commit withKey(Commit commit, CommandKey key) {
    return new Commit(
        commit.draft(),
        commit.expectedRevision(),
        key,
        commit.fingerprint(),
        commit.after(),
        commit.events());
  }

  private static Commit copy(Commit commit, long expectedRevision, List<DraftEvent> events) {
    return new Commit(
        commit.draft(),
        expectedRevision,
        commit.key(),
        commit.fingerprint(),
        commit.after(),
        events);
  }

  private static DraftEvent at(DraftEvent event, Instant at) {
    return switch (event) {
      case DraftCreated e ->
          new DraftCreated(e.actor(), at, e.title(), e.platform(), e.turnPolicy());
      case SegmentAdded e ->
          new SegmentAdded(
              new Segment(
                  e.segment().id(),
                  e.segment().author(),
                  e.segment().content(),
                  e.segment().position(),
                  at));
      case RingPassed e ->
          new RingPassed(e.actor(), at, e.from(), e.to(), e.term(), e.reason(), e.turnEndsAt());
      case CollaboratorAdded e -> new CollaboratorAdded(e.actor(), at, e.user(), e.role());
      case CollaboratorRemoved e -> new CollaboratorRemoved(e.actor(), at, e.user());
      case CollaboratorUpdated e ->
          new CollaboratorUpdated(e.actor(), at, e.user(), e.change(), e.reason());
      case RingRequested e -> new RingRequested(e.actor(), at);
      case RingRequestRemoved e -> new RingRequestRemoved(e.actor(), at, e.user(), e.reason());
      case DraftUpdated e -> new DraftUpdated(e.actor(), at, e.change());
    };
  }
}
