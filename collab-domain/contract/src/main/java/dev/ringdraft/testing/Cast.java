package dev.ringdraft.testing;

import dev.ringdraft.draft.DraftId;
import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import java.time.Instant;

/** The users, the draft and the instant of the tests. */
public final class Cast {
  /** The creator. */
  public static final UserId ANA = new UserId("ana");

  /** A contributor. */
  public static final UserId BEN = new UserId("ben");

  /** Another contributor. */
  public static final UserId CLEO = new UserId("cleo");

  /** A viewer. */
  public static final UserId VERA = new UserId("vera");

  /** A non-member. */
  public static final UserId ZED = new UserId("zed");

  /** The draft of the tests. */
  public static final DraftId DRAFT = new DraftId("0197f3a0-0000-7000-8000-000000000001");

  /** Another draft. */
  public static final DraftId OTHER_DRAFT = new DraftId("0197f3a0-0000-7000-8000-000000000099");

  /** The id of each segment, unless a test says otherwise. */
  public static final SegmentId SEGMENT = new SegmentId("0197f3a0-0000-7000-8000-000000000002");

  /** The title of the draft. */
  public static final String TITLE = "The lighthouse";

  /** The instant of all commands and events, unless a test says otherwise. */
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  /** The turns of a draft that ANA has just created, under the default policy. */
  public static final Turns FIRST_TURN = Turns.startedBy(ANA, NOW, TurnPolicy.defaults());

  private Cast() {}

  /** The instant so many minutes after {@link #NOW}. */
  public static Instant later(long minutes) {
    return NOW.plusSeconds(60 * minutes);
  }
}
