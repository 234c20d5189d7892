package dev.ringdraft.room;

/**
 * Why a server ends a subscriber's connection, with the WebSocket close code that says so (RFC
 * 6455, section 7.4.2: 4000 to 4999 are private). After 4000 to 4499 a client comes back; after
 * 4500 to 4999 it does not.
 */
public enum CloseCode {
  /** The server is going away; another will answer. */
  DRAINING(4000, "draining"),
  /** The subscriber does not read what it is sent. */
  SLOW(4001, "slow"),
  /** Nothing was heard of the subscriber. */
  SILENT(4002, "silent"),
  /** The subscriber's proof of who it is has ended. */
  TOKEN_ENDED(4003, "token ended"),
  /** The subscriber may not see the draft any more. */
  FORBIDDEN(4501, "forbidden"),
  /** The subscriber keeps breaking the protocol. */
  POLICY(4503, "policy");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The words on the wire, at most 123 bytes of UTF-8. */
  public String reason() {
    return reason;
  }
}
