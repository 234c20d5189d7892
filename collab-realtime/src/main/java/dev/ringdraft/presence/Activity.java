package dev.ringdraft.presence;

/** What somebody who is here does, as far as their clients say. */
public enum Activity {
  VIEWING,
  TYPING
}
