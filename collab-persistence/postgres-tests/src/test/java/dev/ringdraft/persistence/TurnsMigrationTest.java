package dev.ringdraft.persistence;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.NOW;
import static dev.ringdraft.testing.Cast.VERA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.Outcome;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.draft.CreateDraft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.draft.NewDraft;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.view.DraftSummary;
import dev.ringdraft.view.DraftView;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The migration to schema version 5 computes the same turns as a replay of the events. The drafts
 * are written by commands of before, then what the migration added is taken away again.
 */
@Timeout(60)
class TurnsMigrationTest {
  private static final List<UserId> OTHERS = List.of(BEN, CLEO, VERA);

  private final DatabaseSettings settings = TestPostgres.freshDatabase();
  private Database database = Database.open(settings);
  private DraftCommands commands = commands();
  private int minutes;

  private DraftCommands commands() {
    return new DraftCommands(
        database.eventStore(), CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Instant next() {
    minutes++;
    return Cast.later(minutes);
  }

  private DraftId begun() {
    CreateDraft create = new CreateDraft(ANA, NOW, NewDraft.titled(Cast.TITLE));
    return assertInstanceOf(Committed.class, commands.create(create, CommandOptions.none()))
        .draft();
  }

  private void must(DraftId draft, DraftCommand... all) {
    for (DraftCommand command : all) {
      assertInstanceOf(Committed.class, handle(draft, command), command::toString);
    }
  }

  private Outcome handle(DraftId draft, DraftCommand command) {
    return commands.handle(draft, command, CommandOptions.none());
  }

  private DraftCommand add(UserId user) {
    return new AddCollaborator(ANA, next(), user, Role.CONTRIBUTOR);
  }

  private DraftCommand remove(UserId user) {
    return new RemoveCollaborator(ANA, next(), user);
  }

  private DraftCommand pass(UserId from, UserId to) {
    return new PassRing(from, next(), to, null);
  }

  private DraftCommand append(UserId author) {
    SegmentId id = new SegmentId(UUID.randomUUID().toString());
    return new AppendSegment(author, next(), new NewSegment(id, "words"), null);
  }

  private DraftCommand become(DraftStatus status) {
    return new UpdateDraft(ANA, next(), DraftChange.status(status));
  }

  private DraftSummary replayed(DraftId draft) {
    return DraftView.replay(database.eventStore().readAfter(draft, 0, 1_000)).summary();
  }

  private void migrateAgain() throws SQLException {
    database.close();
    TestPostgres.execute(
        settings,
        """
        alter table draft drop column turns, drop column times_out_at;
        drop table turn_watch;
        update draft_event set version = 2;
        delete from ringdraft_migration where version = '5';
        """);
    database = Database.open(settings);
    commands = commands();
  }

  private void assertMigrated(DraftId draft) {
    DraftSummary replayed = replayed(draft);
    assertEquals(replayed, database.catalog().summary(draft).orElseThrow());
    assertEquals(replayed, database.eventStore().load(draft, ANA).orElseThrow().summary());
  }

  @Test
  void a_draft_whose_ring_went_to_and_fro() throws SQLException {
    DraftId draft = begun();
    must(draft, append(ANA), add(BEN), pass(ANA, BEN), append(BEN), append(BEN), pass(BEN, ANA));
    must(draft, append(ANA));

    migrateAgain();

    assertMigrated(draft);
    assertEquals(3, replayed(draft).turns().firstPosition());
    must(draft, append(ANA), pass(ANA, BEN));
    assertMigrated(draft);
  }

  @Test
  void a_member_who_was_removed_and_came_again_has_held_nothing() throws SQLException {
    DraftId draft = begun();
    must(draft, add(BEN), pass(ANA, BEN), pass(BEN, ANA), remove(BEN), add(BEN));

    migrateAgain();

    assertMigrated(draft);
    assertEquals(0, replayed(draft).turns().attendanceOf(BEN).lastTerm());
  }

  @Test
  void a_ring_that_came_back_from_a_holder_who_left_a_locked_draft() throws SQLException {
    DraftId draft = begun();
    must(draft, add(BEN), pass(ANA, BEN), become(DraftStatus.LOCKED), remove(BEN));
    DraftId active = begun();
    must(active, add(BEN), pass(ANA, BEN), become(DraftStatus.LOCKED), remove(BEN));
    must(active, become(DraftStatus.ACTIVE));

    migrateAgain();

    assertMigrated(draft);
    assertMigrated(active);
  }

  @Test
  void a_turn_that_began_anew_when_the_draft_was_unlocked() throws SQLException {
    DraftId unlocked = begun();
    must(unlocked, append(ANA), become(DraftStatus.LOCKED), become(DraftStatus.ACTIVE));
    DraftId passedAfterwards = begun();
    must(passedAfterwards, add(BEN), become(DraftStatus.LOCKED), become(DraftStatus.ACTIVE));
    must(passedAfterwards, become(DraftStatus.ACTIVE), pass(ANA, BEN));

    migrateAgain();

    assertMigrated(unlocked);
    assertMigrated(passedAfterwards);
    assertTrue(replayed(unlocked).turns().startedAt().isAfter(NOW));
  }

  @Test
  void instants_finer_than_a_millisecond_are_cut_off() throws SQLException {
    DraftId draft = begun();
    must(draft, add(BEN), pass(ANA, BEN));
    TestPostgres.execute(
        settings,
        "update draft_event set accepted_at = accepted_at + interval '999 us';"
            + " update draft set passed_at = passed_at + interval '999 us'");

    migrateAgain();

    assertEquals(replayed(draft).turns(), database.catalog().summary(draft).orElseThrow().turns());
  }

  @Test
  void whatever_happened_before() throws SQLException {
    long seed = 17;
    Random random = new Random(seed);
    List<DraftId> drafts = Stream.generate(() -> randomDraft(random)).limit(40).toList();

    migrateAgain();

    drafts.forEach(this::assertMigrated);
  }

  private DraftId randomDraft(Random random) {
    DraftId draft = begun();
    for (int i = 0; i < 30; i++) {
      UserId holder = replayedHolder(draft);
      UserId other = random.nextInt(4) == 0 ? ANA : OTHERS.get(random.nextInt(OTHERS.size()));
      Outcome unused =
          handle(
              draft,
              switch (random.nextInt(8)) {
                case 0, 1 -> add(other);
                case 2 -> remove(other);
                case 3, 4 -> pass(holder, other);
                case 5 -> become(DraftStatus.LOCKED);
                case 6 -> become(DraftStatus.ACTIVE);
                default -> append(holder);
              });
    }
    return draft;
  }

  private UserId replayedHolder(DraftId draft) {
    return database.catalog().summary(draft).orElseThrow().ring().ring().holder();
  }
}
