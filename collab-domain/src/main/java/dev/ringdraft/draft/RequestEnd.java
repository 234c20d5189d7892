package dev.ringdraft.draft;

/** Why a request for the ring was removed. */
public enum RequestEnd {
  /** By the member who had made it. */
  WITHDRAWN,
  /** By the holder or the creator. */
  DECLINED
}
