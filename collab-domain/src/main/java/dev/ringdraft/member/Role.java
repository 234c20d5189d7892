package dev.ringdraft.member;

/** What a member may do with the ring: a contributor may hold it, a viewer only reads. */
public enum Role {
  CONTRIBUTOR,
  VIEWER;

  /** Whether a member of this role may hold the ring. */
  public boolean canWrite() {
    return this == CONTRIBUTOR;
  }
}
