package dev.ringdraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringdraft.contract.DraftCatalogContract;
import dev.ringdraft.contract.RelayingStore;
import dev.ringdraft.draft.DraftEvent.CollaboratorAdded;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.eventstore.AppendResult;
import dev.ringdraft.eventstore.Commit;
import dev.ringdraft.eventstore.DraftEventStore;
import dev.ringdraft.eventstore.RecordedEvent;
import dev.ringdraft.eventstore.SuiteRun;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of catalogs, judged: it must fail for each catalog that breaks a promise. */
final class DraftCatalogContractTest {
  private static final int TESTS = 27;

  @Test
  void a_catalog_that_knows_nothing_passes_only_where_there_is_nothing_to_find() {
    SuiteRun run = SuiteRun.of(OfNothing.class);

    assertEquals(
        Set.of(
            "a_draft_that_does_not_exist_is_not_in_the_catalog",
            "a_user_of_no_draft_has_an_empty_list"),
        run.passed());
    assertEquals(TESTS - 2, run.failed().size());
  }

  @Test
  void a_catalog_that_replays_the_log_passes() {
    SuiteRun run = SuiteRun.of(OfReplaying.class);

    assertEquals(Set.of(), run.failed());
    assertEquals(TESTS, run.passed().size());
  }

  @Test
  void a_catalog_whose_text_is_out_of_order_is_caught() {
    assertCaught(OfTextBackwards.class, "a_view_holds_every_segment_in_the_order_of_positions");
  }

  @Test
  void a_catalog_that_tells_too_many_holders_is_caught() {
    assertEquals(
        Set.of("of_many_holders_the_last_50_are_told"), SuiteRun.of(OfEveryHolder.class).failed());
  }

  @Test
  void a_catalog_that_shows_drafts_to_strangers_is_caught() {
    assertCaught(
        OfStrangers.class,
        "every_member_sees_the_draft_in_the_list_and_nobody_else_does",
        "a_user_of_no_draft_has_an_empty_list");
  }

  @Test
  void a_catalog_that_shows_texts_to_strangers_is_caught() {
    assertEquals(
        Set.of("a_draft_is_shown_to_its_members_and_to_nobody_else"),
        SuiteRun.of(OfOpenDoors.class).failed());
  }

  @Test
  void a_catalog_that_shows_titles_to_strangers_is_caught() {
    assertEquals(
        Set.of("a_draft_is_shown_to_its_members_and_to_nobody_else"),
        SuiteRun.of(OfOpenCovers.class).failed());
  }

  @Test
  void a_catalog_that_forgets_viewers_is_caught() {
    assertCaught(
        OfCreatorsOnly.class,
        "whoever_is_added_sees_the_draft_at_once",
        "the_list_holds_created_and_joined_drafts_alike");
  }

  @Test
  void a_catalog_that_never_forgets_a_member_is_caught() {
    assertCaught(
        OfOnceAMember.class,
        "whoever_is_removed_does_not_see_the_draft_any_more",
        "a_holder_who_leaves_does_not_see_the_draft_any_more");
  }

  @Test
  void a_catalog_that_lists_by_creation_is_caught() {
    assertCaught(OfOldestFirst.class, "the_draft_with_the_newest_activity_comes_first");
  }

  @Test
  void a_catalog_that_lists_ids_as_a_dictionary_would_is_caught() {
    assertEquals(
        Set.of("drafts_of_one_instant_are_listed_by_id_character_by_character"),
        SuiteRun.of(OfDictionaryOrder.class).failed());
  }

  @Test
  void a_catalog_whose_pages_skip_drafts_of_one_instant_is_caught() {
    assertCaught(OfSkipping.class, "pages_together_are_the_whole_list");
  }

  @Test
  void a_catalog_whose_pages_overlap_is_caught() {
    assertCaught(OfOverlapping.class, "pages_together_are_the_whole_list");
  }

  @Test
  void a_catalog_that_promises_a_page_after_the_last_is_caught() {
    assertCaught(OfEndlessPages.class, "pages_together_are_the_whole_list");
  }

  private static void assertCaught(Class<?> suite, String... by) {
    assertEquals(Set.of(by), SuiteRun.of(suite, by).failed());
  }

  @ExtendWith(SuiteRun.Only.class)
  static final class OfNothing extends DraftCatalogContract {
    private final DraftEventStore store = new InMemoryDraftEventStore();

    @Override
    protected DraftEventStore store() {
      return store;
    }

    @Override
    protected DraftCatalog catalog() {
      return new DraftCatalog() {
        @Override
        public Optional<DraftView> view(DraftId draft) {
          return Optional.empty();
        }

        @Override
        public Optional<DraftView> view(DraftId draft, UserId reader) {
          return Optional.empty();
        }

        @Override
        public Optional<DraftSummary> summary(DraftId draft) {
          return Optional.empty();
        }

        @Override
        public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
          return Optional.empty();
        }

        @Override
        public DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit) {
          return new DraftPage(List.of(), null);
        }
      };
    }
  }

  /** A store that remembers which drafts there are, and a catalog that replays them. */
  @ExtendWith(SuiteRun.Only.class)
  static class OfReplaying extends DraftCatalogContract implements DraftCatalog {
    final Map<DraftId, Set<UserId>> everMembers = new ConcurrentHashMap<>();
    private final DraftEventStore store =
        new RelayingStore(new InMemoryDraftEventStore()) {
          @Override
          public AppendResult append(Commit commit) {
            AppendResult result = super.append(commit);
            if (result instanceof AppendResult.Appended) {
              note(commit);
            }
            return result;
          }
        };

    private void note(Commit commit) {
      Set<UserId> members =
          everMembers.computeIfAbsent(commit.draft(), id -> ConcurrentHashMap.newKeySet());
      members.add(commit.after().creator());
      commit.events().stream()
          .filter(CollaboratorAdded.class::isInstance)
          .forEach(event -> members.add(((CollaboratorAdded) event).user()));
    }

    @Override
    protected DraftEventStore store() {
      return store;
    }

    @Override
    protected DraftCatalog catalog() {
      return this;
    }

    @Override
    public Optional<DraftView> view(DraftId draft) {
      List<RecordedEvent> events = store.readAfter(draft, 0, Integer.MAX_VALUE);
      return events.isEmpty() ? Optional.empty() : Optional.of(DraftView.replay(events));
    }

    @Override
    public Optional<DraftView> view(DraftId draft, UserId reader) {
      return view(draft).filter(view -> view.summary().isVisibleTo(reader));
    }

    @Override
    public Optional<DraftSummary> summary(DraftId draft) {
      return view(draft).map(DraftView::summary);
    }

    @Override
    public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
      return summary(draft).filter(summary -> summary.isVisibleTo(reader));
    }

    @Override
    public DraftPage draftsOf(UserId member, @Nullable DraftCursor after, int limit) {
      List<DraftSummary> rest =
          everMembers.keySet().stream()
              .flatMap(draft -> summary(draft).stream())
              .filter(summary -> lists(summary, member))
              .sorted(order())
              .filter(behind(after))
              .toList();
      List<DraftSummary> page = rest.subList(0, Math.min(limit, rest.size()));
      return new DraftPage(page, hasNext(rest.size(), limit) ? cursor(page.getLast()) : null);
    }

    boolean lists(DraftSummary summary, UserId member) {
      return summary.isVisibleTo(member);
    }

    Comparator<DraftSummary> order() {
      return Comparator.comparing(DraftSummary::updatedAt)
          .reversed()
          .thenComparing(summary -> summary.id().value());
    }

    Predicate<DraftSummary> behind(@Nullable DraftCursor cursor) {
      return summary ->
          cursor == null
              || summary.updatedAt().isBefore(cursor.updatedAt())
              || (summary.updatedAt().equals(cursor.updatedAt())
                  && summary.id().value().compareTo(cursor.draft().value()) > 0);
    }

    boolean hasNext(int rest, int limit) {
      return rest > limit;
    }

    private static DraftCursor cursor(DraftSummary last) {
      return new DraftCursor(last.updatedAt(), last.id());
    }
  }

  static final class OfTextBackwards extends OfReplaying {
    @Override
    public Optional<DraftView> view(DraftId draft) {
      return super.view(draft)
          .map(view -> new DraftView(view.summary(), view.segments().reversed()));
    }
  }

  static final class OfOpenDoors extends OfReplaying {
    @Override
    public Optional<DraftView> view(DraftId draft, UserId reader) {
      return view(draft);
    }
  }

  static final class OfOpenCovers extends OfReplaying {
    @Override
    public Optional<DraftSummary> summary(DraftId draft, UserId reader) {
      return summary(draft);
    }
  }

  static final class OfEveryHolder extends OfReplaying {
    @Override
    public Optional<DraftSummary> summary(DraftId draft) {
      return super.summary(draft).map(this::withEveryHolder);
    }

    @Override
    public Optional<DraftView> view(DraftId draft) {
      return super.view(draft)
          .map(view -> new DraftView(withEveryHolder(view.summary()), view.segments()));
    }

    private DraftSummary withEveryHolder(DraftSummary s) {
      List<UserId> holders = new ArrayList<>(s.ring().holdersHistory());
      while (holders.size() < s.ring().ring().term()) {
        holders.addFirst(s.creator());
      }
      RingState ring = new RingState(s.ring().ring(), holders, s.ring().passedAt());
      return new DraftSummary(
          s.id(),
          s.creator(),
          s.title(),
          s.platform(),
          s.status(),
          s.revision(),
          ring,
          s.turns(),
          s.collaborators(),
          s.segmentCount(),
          s.createdAt(),
          s.updatedAt());
    }
  }

  static final class OfStrangers extends OfReplaying {
    @Override
    boolean lists(DraftSummary summary, UserId member) {
      return true;
    }
  }

  static final class OfCreatorsOnly extends OfReplaying {
    @Override
    boolean lists(DraftSummary summary, UserId member) {
      return summary.creator().equals(member);
    }
  }

  static final class OfOnceAMember extends OfReplaying {
    @Override
    boolean lists(DraftSummary summary, UserId member) {
      return everMembers.getOrDefault(summary.id(), Set.of()).contains(member);
    }
  }

  static final class OfOldestFirst extends OfReplaying {
    @Override
    Comparator<DraftSummary> order() {
      return Comparator.comparing(DraftSummary::createdAt)
          .reversed()
          .thenComparing(summary -> summary.id().value());
    }
  }

  static final class OfDictionaryOrder extends OfReplaying {
    @Override
    Comparator<DraftSummary> order() {
      return Comparator.comparing(DraftSummary::updatedAt)
          .reversed()
          .thenComparing(summary -> summary.id().value(), String.CASE_INSENSITIVE_ORDER);
    }
  }

  static final class OfSkipping extends OfReplaying {
    @Override
    Predicate<DraftSummary> behind(@Nullable DraftCursor cursor) {
      return summary -> cursor == null || summary.updatedAt().isBefore(cursor.updatedAt());
    }
  }

  static final class OfOverlapping extends OfReplaying {
    @Override
    Predicate<DraftSummary> behind(@Nullable DraftCursor cursor) {
      return summary ->
          Stream.ofNullable(cursor).allMatch(c -> !summary.updatedAt().isAfter(c.updatedAt()));
    }
  }

  static final class OfEndlessPages extends OfReplaying {
    @Override
    boolean hasNext(int rest, int limit) {
      return rest >= limit;
    }
  }
}
