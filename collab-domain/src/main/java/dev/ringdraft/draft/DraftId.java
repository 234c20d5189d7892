package dev.ringdraft.draft;

/**
 * The name of one draft, given by the server, opaque to everybody.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record DraftId(String value) {
  public DraftId {
    if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("a draft id has 1..64 characters of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
