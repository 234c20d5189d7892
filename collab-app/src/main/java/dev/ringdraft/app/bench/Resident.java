package dev.ringdraft.app.bench;

import java.util.List;

/** Memory that a process held, in bytes: when it was first looked at, when last, and most. */
record Resident(long first, long last, long most) {
  static Resident of(long bytes) {
    return new Resident(bytes, bytes, bytes);
  }

  static Resident of(Rank rank, List<Resident> runs) {
    return new Resident(
        rank.whole(runs, Resident::first),
        rank.whole(runs, Resident::last),
        rank.whole(runs, Resident::most));
  }

  /** With one more look. */
  Resident then(long bytes) {
    return new Resident(first, bytes, Math.max(most, bytes));
  }
}
