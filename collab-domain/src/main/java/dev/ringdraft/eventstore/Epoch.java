package dev.ringdraft.eventstore;

/**
 * The name of the history that revisions count in. It changes when a backup is restored over a
 * newer history, so that a revision from before can't be taken for one from after.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record Epoch(String value) {
  public Epoch {
    if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("an epoch has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
