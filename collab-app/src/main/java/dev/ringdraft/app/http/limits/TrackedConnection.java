package dev.ringdraft.app.http.limits;

/** A network connection as its limits need it. Two of one network connection are equal. */
public interface TrackedConnection {
  /** The client's address on the network, without a port. */
  String address();

  /** Ends the connection at once; what still waits to be written is lost. */
  void terminate();

  /** Ends the connection behind a last response, which is written without waiting. */
  void terminateAfter(byte[] response);

  /** Runs the action when the connection is closed, and at once if it is closed already. */
  void whenClosed(Runnable action);

  /** Bytes of responses that wait because the client does not read. */
  long unflushedBytes();

  /** Whether it has become a WebSocket, which has limits of its own. */
  boolean isSocket();
}
