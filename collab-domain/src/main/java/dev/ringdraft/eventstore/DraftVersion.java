package dev.ringdraft.eventstore;

/**
 * A draft at one moment of one history. Written {@code <epoch>.<revision>}, as in an ETag.
 *
 * @param revision number of the last event, 1 or more
 */
public record DraftVersion(Epoch epoch, long revision) {
  @Override
  public String toString() {
    return epoch + "." + revision;
  }
}
