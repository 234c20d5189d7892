package dev.ringdraft.persistence;

/** What a database can do now. */
public enum DatabaseState {
  /** It takes commits. */
  WRITABLE,
  /** It answers, and takes no commit: a standby, or set read-only. */
  READ_ONLY,
  /** It answers, and its disk has no space left. */
  DISK_FULL,
  /** It does not answer in time. */
  UNREACHABLE
}
