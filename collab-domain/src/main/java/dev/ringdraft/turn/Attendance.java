package dev.ringdraft.turn;

/**
 * How one member takes part in the turns.
 *
 * @param lastTerm the term of the member's last turn, the present one included; 0 before the first
 * @param missed how many turns in a row timed out without a segment of the member
 * @param away whether the member is skipped when the server chooses the next holder
 */
public record Attendance(long lastTerm, int missed, boolean away) {
  /** Of a member who has not held the ring. */
  public static final Attendance NONE = new Attendance(0, 0, false);

  Attendance inTerm(long term) {
    return new Attendance(term, missed, away);
  }

  Attendance afterTurn(boolean wasMissed) {
    return new Attendance(lastTerm, wasMissed ? missed + 1 : 0, away);
  }

  /** Who comes back has missed nothing. */
  Attendance away(boolean isAway) {
    return new Attendance(lastTerm, isAway ? missed : 0, isAway);
  }
}
