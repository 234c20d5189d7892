package dev.ringdraft.app.http.limits;

/**
 * What a connection does at a time. The {@link ConnectionTracker} alone changes it.
 *
 * <table>
 *   <caption>Transitions</caption>
 *   <tr><th>state</th><th>event</th><th>next state</th></tr>
 *   <tr><td>Closed</td><td>accepted</td><td>Idle</td></tr>
 *   <tr><td>Idle</td><td>a part of a head arrives</td><td>ReadingHead</td></tr>
 *   <tr><td>ReadingHead</td><td>nothing is incomplete any more</td><td>Idle</td></tr>
 *   <tr><td>Idle, ReadingHead, ReadingRest</td><td>a request starts</td><td>Serving</td></tr>
 *   <tr><td>Serving</td><td>its body is awaited</td><td>ReadingBody</td></tr>
 *   <tr><td>ReadingBody</td><td>a part of the body arrives</td><td>ReadingBody</td></tr>
 *   <tr><td>ReadingBody</td><td>the body is complete, or breaks off</td><td>Serving</td></tr>
 *   <tr><td>ReadingBody</td><td>the read timeout ends</td><td>TimedOut</td></tr>
 *   <tr><td>Serving</td><td>the response is complete</td><td>Idle</td></tr>
 *   <tr><td>Serving</td><td>the same, before the body is</td><td>ReadingRest</td></tr>
 *   <tr><td>ReadingRest</td><td>nothing is incomplete any more</td><td>Idle</td></tr>
 *   <tr><td>TimedOut</td><td>the response is complete</td><td>Discarding</td></tr>
 *   <tr><td>ReadingHead</td><td>the read timeout ends</td><td>Closed, after a 408</td></tr>
 *   <tr><td>ReadingRest, Discarding</td><td>the read timeout ends</td><td>Closed</td></tr>
 *   <tr><td>Idle, ReadingHead, ReadingRest, Discarding</td>
 *       <td>evicted at the connection limit</td><td>Closed</td></tr>
 *   <tr><td>ReadingBody</td><td>evicted for the body budget, or too many parts</td>
 *       <td>Closed</td></tr>
 *   <tr><td>any</td><td>evicted for the response backlog, or closed</td><td>Closed</td></tr>
 * </table>
 *
 * Any other event leaves the state as it is.
 */
sealed interface ConnectionState {
  /** A state in which a connection may be evicted for a new one: no request is under way. */
  sealed interface Evictable extends ConnectionState {}

  /** A state that the read timeout bounds. */
  sealed interface Arriving extends ConnectionState {
    /** When it began, as of the tracker's clock. */
    long since();
  }

  /** It is not open, or not known. */
  record Closed() implements ConnectionState {}

  /** It has sent nothing since its last request. */
  record Idle() implements Evictable {}

  /** It has sent a part of a request that no handler has seen. */
  record ReadingHead(long since) implements Evictable, Arriving {}

  /** It has its response, and owes the rest of the request's body. */
  record ReadingRest(long since) implements Evictable, Arriving {}

  /** A request waits for its body. */
  record ReadingBody(long since, PendingBody body, int parts) implements Arriving {
    /** Each part costs more than its bytes; no honest body has so many. */
    private static final int MAX_PARTS = 256;

    ReadingBody withPart() {
      return new ReadingBody(since, body, parts + 1);
    }

    boolean hasTooManyParts() {
      return parts > MAX_PARTS;
    }
  }

  /** A handler answers a request. A WebSocket stays in this state. */
  record Serving() implements ConnectionState {}

  /** The body was too slow: the client is sent 408. */
  record TimedOut() implements ConnectionState {}

  /** The client has its 408; what it still sends is dropped. */
  record Discarding(long since) implements Evictable, Arriving {}

  /** After bytes that start no request; {@code partial} if they belong to something incomplete. */
  default ConnectionState received(boolean partial, long now) {
    return switch (this) {
      case Idle idle -> partial ? new ReadingHead(now) : idle;
      case ReadingHead reading -> partial ? reading : new Idle();
      case ReadingRest reading -> partial ? reading : new Idle();
      case ReadingBody reading -> reading;
      case Serving serving -> serving;
      case TimedOut timedOut -> timedOut;
      case Discarding discarding -> discarding;
      case Closed closed -> closed;
    };
  }

  /** After a complete head, or a part of a body. */
  default ConnectionState requestStarted() {
    return switch (this) {
      case Idle idle -> new Serving();
      case ReadingHead reading -> new Serving();
      case ReadingRest reading -> new Serving();
      case ReadingBody reading -> reading.withPart();
      case Serving serving -> serving;
      case TimedOut timedOut -> timedOut;
      case Discarding discarding -> discarding;
      case Closed closed -> closed;
    };
  }

  /** After a response; {@code partial} if the request's body is incomplete. */
  default ConnectionState responseCompleted(boolean partial, long now) {
    return switch (this) {
      case Serving serving -> partial ? new ReadingRest(now) : new Idle();
      case TimedOut timedOut -> new Discarding(now);
      case Idle idle -> idle.received(partial, now);
      case ReadingHead reading -> reading.received(partial, now);
      case ReadingRest reading -> reading.received(partial, now);
      case ReadingBody reading -> reading;
      case Discarding discarding -> discarding;
      case Closed closed -> closed;
    };
  }
}
