package dev.ringdraft.bench.history;

/**
 * One request that a client sent, and its result. Attempts with the same key are the same command,
 * sent again.
 *
 * @param key the idempotency key
 * @param user who sent it
 * @param invokedAt nanoseconds of one clock, before the request was sent
 * @param endedAt nanoseconds of the same clock, after the answer was read or given up
 */
record Attempt(
    String key, String user, Request request, long invokedAt, long endedAt, Result result) {

  /** The change that the client asked for. */
  sealed interface Request {}

  /** A segment; each command has a text of its own. */
  record Append(String content) implements Request {}

  /** The ring for another member. */
  record Pass(String to) implements Request {}

  /** What the client knows afterwards. */
  sealed interface Result {}

  /** The server said that it is done, with the draft's revision. */
  record Committed(long revision) implements Result {}

  /** The server said that it is not done. */
  record Refused(int status) implements Result {}

  /** No answer, or one that leaves it open. */
  record Unknown(String why) implements Result {}
}
