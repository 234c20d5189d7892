package dev.ringdraft.draft;

/**
 * Whether a draft may be written in.
 *
 * <table>
 * <caption>Transitions, all by the creator</caption>
 * <tr><th>from</th><th>to</th></tr>
 * <tr><td>ACTIVE</td><td>LOCKED, COMPLETED</td></tr>
 * <tr><td>LOCKED</td><td>ACTIVE, COMPLETED</td></tr>
 * <tr><td>COMPLETED</td><td>nothing: it is final</td></tr>
 * </table>
 *
 * Setting the status a draft has already is allowed and changes nothing.
 */
public enum DraftStatus {
  ACTIVE,
  LOCKED,
  COMPLETED;

  /** Whether a draft of this status may be given the other. */
  public boolean mayBecome(DraftStatus next) {
    return this != COMPLETED || next == COMPLETED;
  }
}
