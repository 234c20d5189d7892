package dev.ringdraft.eventstore;

import java.util.regex.Pattern;

/**
 * The name of the history that revisions count in. It changes when a backup is restored over a
 * newer history, so that a revision from before can't be taken for one from after.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record Epoch(String value) {
  private static final Pattern FORM = Pattern.compile("[\\w-]{1,64}+");

  public Epoch {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("an epoch has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
