package dev.ringdraft.bench.check;

/**
 * The revisions that one subscriber received, checked as they come: each must follow the last.
 *
 * <p>The last {@link #MEMORY} revisions are remembered one by one, so that a late revision is not
 * counted as a double. Not thread-safe.
 */
public final class SequenceCheck {
  /** Revisions that are remembered. */
  public static final int MEMORY = 64;

  private static final long ALL = -1L;

  /** Counts of faults, of many subscribers together. */
  public static final class Faults {
    private long lost;
    private long doubled;
    private long disordered;

    public long lost() {
      return lost;
    }

    public long doubled() {
      return doubled;
    }

    public long disordered() {
      return disordered;
    }

    public boolean none() {
      return lost == 0 && doubled == 0 && disordered == 0;
    }

    @Override
    public String toString() {
      return "%d lost, %d doubled, %d out of order".formatted(lost, doubled, disordered);
    }
  }

  private final Faults faults;
  private long last;
  private long seen = ALL;

  /** A check of the revisions after this one. */
  public SequenceCheck(long last, Faults faults) {
    this.last = last;
    this.faults = faults;
  }

  /** The highest revision so far. */
  public long last() {
    return last;
  }

  /**
   * Continues after this revision without the ones before it.
   *
   * @param missed whether the ones before it should have come, and count as lost
   */
  public void arrivedAt(long revision, boolean missed) {
    if (missed) {
      endAt(revision);
    }
    last = revision;
    seen = ALL;
  }

  /** Records a received revision; true if it is new to this subscriber. */
  public boolean arrived(long revision) {
    long ahead = revision - last;
    if (ahead == 1) {
      seen = seen << 1 | 1;
      last = revision;
      return true;
    }
    if (ahead > 1) {
      faults.lost += ahead - 1;
      seen = ahead >= MEMORY ? 1 : seen << ahead | 1;
      last = revision;
      return true;
    }
    long bit = -ahead >= MEMORY ? 0 : 1L << -ahead;
    if (bit == 0 || (seen & bit) != 0) {
      faults.doubled++;
      return false;
    }
    seen |= bit;
    faults.disordered++;
    faults.lost--;
    return true;
  }

  /** Ends the check: revisions missing up to the head count as lost. */
  public void endAt(long head) {
    if (head > last) {
      faults.lost += head - last;
    }
  }
}
