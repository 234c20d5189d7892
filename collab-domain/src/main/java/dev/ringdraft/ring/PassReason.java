package dev.ringdraft.ring;

/** Why the ring moved. */
public enum PassReason {
  /** Its holder passed it on. */
  PASSED,
  /** Its holder left the draft, so it went back to the creator. */
  RETURNED
}
