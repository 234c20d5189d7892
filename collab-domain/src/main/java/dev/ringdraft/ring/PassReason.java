package dev.ringdraft.ring;

/** Why the ring moved. */
public enum PassReason {
  /** Its holder passed it on. */
  PASSED,
  /** Its holder left the draft or may write no more. */
  RETURNED,
  /** The creator took it back. */
  REVOKED,
  /** The turn has as many segments as the policy allows. */
  TURN_COMPLETE,
  /** The turn's deadline passed. */
  TIMED_OUT
}
