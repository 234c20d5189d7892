package dev.ringdraft.presence;

/** What a present user does, as far as their clients say. */
public enum Activity {
  VIEWING,
  TYPING
}
