package dev.ringdraft.app.bench;

/**
 * The revisions that one viewer got, checked as they come: each must be the one after the last.
 *
 * <p>The last {@link #MEMORY} revisions are remembered one by one, so that what comes late is told
 * from what comes twice. For one thread.
 */
final class Run {
  /** Revisions that are remembered. */
  static final int MEMORY = 64;

  private static final long ALL = -1L;

  /** Counts of what must not be, of many runs together. */
  static final class Faults {
    private long lost;
    private long doubled;
    private long disordered;

    long lost() {
      return lost;
    }

    long doubled() {
      return doubled;
    }

    long disordered() {
      return disordered;
    }

    boolean none() {
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

  /** A run after this revision. */
  Run(long last, Faults faults) {
    this.last = last;
    this.faults = faults;
  }

  /** The highest revision so far. */
  long last() {
    return last;
  }

  /**
   * Goes on after this revision without having got the ones before it.
   *
   * @param missed whether these should have come, and are lost
   */
  void arrivedAt(long revision, boolean missed) {
    if (missed) {
      endAt(revision);
    }
    last = revision;
    seen = ALL;
  }

  /** Takes the next revision that came; true if it is new to this viewer. */
  boolean arrived(long revision) {
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

  /** The run is over: what is missing up to the head is lost. */
  void endAt(long head) {
    if (head > last) {
      faults.lost += head - last;
    }
  }
}
