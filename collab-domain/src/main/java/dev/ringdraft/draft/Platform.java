package dev.ringdraft.draft;

/** Where the finished text is meant to appear. */
public enum Platform {
  X,
  INSTAGRAM,
  TIKTOK,
  YOUTUBE,
  BLOG
}
