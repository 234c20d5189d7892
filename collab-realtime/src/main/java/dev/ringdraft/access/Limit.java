package dev.ringdraft.access;

/** What a caller may have or do no more of, for the audit log and to be counted. */
public enum Limit {
  /** Requests of a user or address in a second. */
  REQUESTS,
  /** Requests of a user that wait for events or stream them. */
  WAITING_REQUESTS,
  /** WebSocket handshakes of an address in a second. */
  HANDSHAKES,
  /** WebSockets of a server. */
  CONNECTIONS,
  /** WebSockets of a draft. */
  CONNECTIONS_PER_DRAFT,
  /** WebSockets of a user. */
  CONNECTIONS_PER_USER,
  /** Commands of a draft in a second. */
  DRAFT_COMMANDS,
  /** Bytes of text of a draft in a second. */
  DRAFT_BYTES
}
