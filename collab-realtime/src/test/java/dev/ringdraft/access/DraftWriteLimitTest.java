package dev.ringdraft.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringdraft.authoring.CommandOptions;
import dev.ringdraft.authoring.DraftCommands;
import dev.ringdraft.authoring.IdSource;
import dev.ringdraft.authoring.IdempotencyKey;
import dev.ringdraft.authoring.Outcome.Committed;
import dev.ringdraft.authoring.Outcome.Refused;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftId;
import dev.ringdraft.draft.DraftLimits;
import dev.ringdraft.eventstore.CommitListener;
import dev.ringdraft.member.UserId;
import dev.ringdraft.memory.InMemoryDraftEventStore;
import dev.ringdraft.testing.Commands;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The limit of one draft, in front of real commands. */
final class DraftWriteLimitTest {
  private static final UserId ANA = new UserId("ana");
  private static final UserId ZED = new UserId("zed");

  private final AtomicLong nanoTime = new AtomicLong();
  private final InMemoryDraftEventStore store = new InMemoryDraftEventStore();

  private DraftCommands commands(int perSecond, int bytesPerSecond) {
    DraftWriteLimit limit = new DraftWriteLimit(perSecond, bytesPerSecond, nanoTime::get);
    return new DraftCommands(
        limit.limit(store), CommitListener.none(), DraftLimits.defaults(), IdSource.random());
  }

  private static DraftId draft(DraftCommands commands) {
    return assertInstanceOf(
            Committed.class, commands.create(Commands.begin(ANA), CommandOptions.none()))
        .draft();
  }

  private static void append(DraftCommands commands, DraftId draft) {
    assertInstanceOf(
        Committed.class, commands.handle(draft, Commands.append(ANA), CommandOptions.none()));
  }

  private static LimitReachedException assertLimited(DraftCommands commands, DraftId draft) {
    return assertThrows(
        LimitReachedException.class,
        () -> commands.handle(draft, Commands.append(ANA), CommandOptions.none()));
  }

  @Test
  void commands_beyond_the_limit_are_refused_until_there_is_room() {
    DraftCommands commands = commands(2, 1_000_000);
    DraftId draft = draft(commands);
    append(commands, draft);
    append(commands, draft);
    append(commands, draft);

    Problem problem = assertLimited(commands, draft).problem();

    assertEquals(Limit.DRAFT_COMMANDS, problem.limit());
    assertEquals(429, problem.status());
    assertEquals("1", problem.headers().get("Retry-After"));
    nanoTime.addAndGet(Duration.ofMillis(500).toNanos());
    append(commands, draft);
    assertLimited(commands, draft);
  }

  @Test
  void each_draft_has_a_limit_of_its_own() {
    DraftCommands commands = commands(1, 1_000_000);
    DraftId first = draft(commands);
    append(commands, first);
    assertLimited(commands, first);

    append(commands, draft(commands));
  }

  @Test
  void bytes_of_text_are_counted_as_they_are_stored() {
    DraftCommands commands = commands(1_000, 4);
    DraftId draft = draft(commands);
    DraftCommand.AppendSegment fourBytes = Commands.append(ANA, "éé");
    assertInstanceOf(Committed.class, commands.handle(draft, fourBytes, CommandOptions.none()));
    assertInstanceOf(Committed.class, commands.handle(draft, fourBytes, CommandOptions.none()));

    LimitReachedException limited =
        assertThrows(
            LimitReachedException.class,
            () -> commands.handle(draft, fourBytes, CommandOptions.none()));
    assertEquals(Limit.DRAFT_BYTES, limited.problem().limit());
    nanoTime.addAndGet(Duration.ofMillis(1_001).toNanos());
    DraftCommand.AppendSegment alsoFourBytes = Commands.append(ANA, "\uD83D\uDE82");
    assertInstanceOf(Committed.class, commands.handle(draft, alsoFourBytes, CommandOptions.none()));
    assertThrows(
        LimitReachedException.class,
        () -> commands.handle(draft, fourBytes, CommandOptions.none()));
  }

  @Test
  void a_non_member_can_not_use_a_limit_up_nor_learn_of_it() {
    DraftCommands commands = commands(2, 1_000_000);
    DraftId draft = draft(commands);
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(
          Refused.class, commands.handle(draft, Commands.append(ZED), CommandOptions.none()));
    }
    append(commands, draft);
    append(commands, draft);
    append(commands, draft);
    assertLimited(commands, draft);

    assertInstanceOf(
        Refused.class, commands.handle(draft, Commands.append(ZED), CommandOptions.none()));
  }

  @Test
  void a_repeated_command_gets_its_receipt_although_the_limit_is_reached() {
    DraftCommands commands = commands(1, 1_000_000);
    DraftId draft = draft(commands);
    CommandOptions once = CommandOptions.once(new IdempotencyKey("once"));
    var append = Commands.append(ANA);
    assertInstanceOf(Committed.class, commands.handle(draft, append, once));
    assertLimited(commands, draft);

    assertInstanceOf(Committed.class, commands.handle(draft, append, once));
  }
}
