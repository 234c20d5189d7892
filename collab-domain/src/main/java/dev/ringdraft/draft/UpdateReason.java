package dev.ringdraft.draft;

/** Why a member's role or attendance changed. */
public enum UpdateReason {
  /** The member said so. */
  SELF,
  /** The creator said so. */
  CREATOR,
  /** The member missed as many turns in a row as the policy allows. */
  MISSED_TURNS,
  /** The member acted while away. */
  ACTIVE_AGAIN
}
