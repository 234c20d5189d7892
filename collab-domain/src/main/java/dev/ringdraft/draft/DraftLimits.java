package dev.ringdraft.draft;

/**
 * How large a draft may grow.
 *
 * @param maxTitleCodePoints longest title, in Unicode code points; the shortest is 1
 * @param maxContentCodePoints longest segment, in Unicode code points; the shortest is 1
 * @param maxCollaborators most collaborators, the creator not counted
 * @param maxSegments most segments
 */
public record DraftLimits(
    int maxTitleCodePoints, int maxContentCodePoints, int maxCollaborators, int maxSegments) {
  public DraftLimits {
    positive("maxTitleCodePoints", maxTitleCodePoints);
    positive("maxContentCodePoints", maxContentCodePoints);
    positive("maxCollaborators", maxCollaborators);
    positive("maxSegments", maxSegments);
  }

  /** 200 and 500 code points, 100 collaborators, 10,000 segments. */
  public static DraftLimits defaults() {
    return new DraftLimits(200, 500, 100, 10_000);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }
}
