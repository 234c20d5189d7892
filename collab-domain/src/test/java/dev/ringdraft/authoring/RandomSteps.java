package dev.ringdraft.authoring;

import static dev.ringdraft.testing.Cast.ANA;
import static dev.ringdraft.testing.Cast.BEN;
import static dev.ringdraft.testing.Cast.CLEO;
import static dev.ringdraft.testing.Cast.VERA;
import static dev.ringdraft.testing.Cast.ZED;

import dev.ringdraft.draft.Decision.Accepted;
import dev.ringdraft.draft.Draft;
import dev.ringdraft.draft.DraftChange;
import dev.ringdraft.draft.DraftCommand;
import dev.ringdraft.draft.DraftCommand.AddCollaborator;
import dev.ringdraft.draft.DraftCommand.AppendSegment;
import dev.ringdraft.draft.DraftCommand.PassRing;
import dev.ringdraft.draft.DraftCommand.RemoveCollaborator;
import dev.ringdraft.draft.DraftCommand.UpdateDraft;
import dev.ringdraft.draft.DraftEvent;
import dev.ringdraft.draft.DraftStatus;
import dev.ringdraft.member.Role;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.NewSegment;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.testing.Cast;
import dev.ringdraft.testing.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes random sequences of commands by members and strangers; the same seed gives the same
 * sequence. A step is now and then an earlier one again, or another command under an earlier key.
 * It keeps a draft of its own, so that most commands come from whom they could come from.
 */
final class RandomSteps {
  private static final List<UserId> EVERYBODY = List.of(ANA, BEN, CLEO, VERA, ZED);
  private static final List<String> CONTENTS =
      List.of("words", "more words", "\ud83e\udd91", "\"\\\n", "", "too long a text for this test");

  private final Random random;
  private Draft likely = Draft.startedBy(Events.created());
  private int made;

  private RandomSteps(long seed) {
    random = new Random(seed);
  }

  /**
   * The seeds to try.
   *
   * @return 1, 2, 3 …, or the one seed that the system property {@code ringdraft.seed} names
   */
  static LongStream seeds(int count) {
    Long only = Long.getLong("ringdraft.seed");
    return only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
  }

  static List<Step> of(long seed, int count) {
    RandomSteps steps = new RandomSteps(seed);
    List<Step> all = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> all.add(steps.next(all)));
    return all;
  }

  private Step next(List<Step> before) {
    made++;
    int kind = before.isEmpty() ? 99 : random.nextInt(100);
    if (kind < 15) {
      return again(before.get(random.nextInt(before.size())));
    }
    IdempotencyKey key =
        kind < 25
            ? before.get(random.nextInt(before.size())).key()
            : new IdempotencyKey("key-" + made);
    DraftCommand command = command();
    if (likely.decide(command, CommandSequence.NARROW) instanceof Accepted accepted) {
      for (DraftEvent event : accepted.events()) {
        likely = likely.evolve(event);
      }
    }
    return new Step(key, command);
  }

  /** The same command, as it comes when it is sent again. */
  private Step again(Step first) {
    return first.command() instanceof AppendSegment append
        ? new Step(
            first.key(),
            new AppendSegment(
                append.actor(),
                now(),
                new NewSegment(segmentId(), append.segment().content()),
                append.ringTerm()))
        : first;
  }

  private DraftCommand command() {
    int kind = random.nextInt(100);
    if (kind < 35) {
      return new AppendSegment(
          mostlyHolder(), now(), new NewSegment(segmentId(), oneOf(CONTENTS)), term());
    }
    if (kind < 60) {
      return new PassRing(mostlyHolder(), now(), mostlyWriter(), term());
    }
    if (kind < 80) {
      return new AddCollaborator(mostlyAna(), now(), somebody(), role());
    }
    if (kind < 90) {
      UserId user = random.nextBoolean() ? likely.ring().holder() : somebody();
      return new RemoveCollaborator(random.nextBoolean() ? user : mostlyAna(), now(), user);
    }
    return new UpdateDraft(mostlyAna(), now(), new DraftChange(title(), status(), null));
  }

  private UserId somebody() {
    return oneOf(EVERYBODY);
  }

  private UserId mostlyHolder() {
    return random.nextInt(3) > 0 ? likely.ring().holder() : somebody();
  }

  private UserId mostlyWriter() {
    List<UserId> writers = EVERYBODY.stream().filter(likely.members()::canWrite).toList();
    return random.nextInt(3) > 0 ? oneOf(writers) : somebody();
  }

  private UserId mostlyAna() {
    return random.nextInt(3) > 0 ? ANA : somebody();
  }

  private Role role() {
    return random.nextInt(4) > 0 ? Role.CONTRIBUTOR : Role.VIEWER;
  }

  private @Nullable Long term() {
    return switch (random.nextInt(6)) {
      case 0 -> Long.valueOf(1 + random.nextInt(5));
      case 1 -> Long.valueOf(likely.ring().term());
      default -> null;
    };
  }

  private @Nullable String title() {
    return random.nextBoolean() ? null : "Title " + made;
  }

  /** Seldom the last one, or most sequences would end early. */
  private @Nullable DraftStatus status() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> DraftStatus.LOCKED;
      case 2 -> random.nextInt(5) == 0 ? DraftStatus.COMPLETED : null;
      default -> DraftStatus.ACTIVE;
    };
  }

  private Instant now() {
    return Cast.NOW.plusMillis(made);
  }

  private SegmentId segmentId() {
    return new SegmentId("segment-" + made);
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
