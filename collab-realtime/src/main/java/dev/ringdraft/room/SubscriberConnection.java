package dev.ringdraft.room;

/**
 * The way to one subscriber. Port: a transport's adapter. Nothing here waits for the subscriber.
 *
 * <p>Each {@link Delivery} of a batch is one text message. {@link Delivery#text} gives it to a
 * transport that sends strings, {@link Delivery#as} to one that writes frames of its own.
 *
 * <p>Safe for use by many threads, but a room has at most one write open at a time.
 */
public interface SubscriberConnection {
  /**
   * Begins to write, in order, behind whatever is being written.
   *
   * @param batch not empty
   * @param completion is called exactly once, on any thread, perhaps before this returns
   */
  void write(Batch batch, Completion completion);

  /** Ends the connection, telling the subscriber why if it still listens. Again: does nothing. */
  void close(CloseCode code);

  /** Hears how a write went. */
  interface Completion {
    /** All bytes went to the network. */
    void written();

    /** They did not, and nothing more will. */
    void failed();

    /** Does not care. */
    static Completion none() {
      return new Completion() {
        @Override
        public void written() {}

        @Override
        public void failed() {}
      };
    }
  }
}
