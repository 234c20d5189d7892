package dev.ringdraft.draft;

import dev.ringdraft.member.UserId;
import dev.ringdraft.segment.SegmentId;
import dev.ringdraft.turn.TurnPolicy;
import dev.ringdraft.turn.Turns;
import java.time.Instant;

/**
 * The people, the draft and the time of the tests: ANA creates, BEN and CLEO contribute, VERA
 * views, ZED is a stranger.
 */
public final class Cast {
  public static final UserId ANA = new UserId("ana");
  public static final UserId BEN = new UserId("ben");
  public static final UserId CLEO = new UserId("cleo");
  public static final UserId VERA = new UserId("vera");
  public static final UserId ZED = new UserId("zed");

  public static final DraftId DRAFT = new DraftId("0197f3a0-0000-7000-8000-000000000001");
  public static final DraftId OTHER_DRAFT = new DraftId("0197f3a0-0000-7000-8000-000000000099");
  public static final SegmentId SEGMENT = new SegmentId("0197f3a0-0000-7000-8000-000000000002");
  public static final String TITLE = "The lighthouse";

  /** When everything happens, unless a test says otherwise. */
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

  /** The turns of a draft that ANA has just begun, under the default policy. */
  public static final Turns FIRST_TURN = Turns.startedBy(ANA, NOW, TurnPolicy.defaults());

  private Cast() {}

  /** The moment that lies so many minutes after {@link #NOW}. */
  public static Instant later(long minutes) {
    return NOW.plusSeconds(60 * minutes);
  }
}
