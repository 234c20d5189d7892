package dev.ringdraft.websocket.socket;

import dev.ringdraft.room.SubscriberConnection;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The way to one client, as {@link DraftSocket} needs it beside events. Port: a transport's
 * adapter. No method waits for the client. Texts, pings and the batches of a room go out in the
 * order of the calls. Safe for use by many threads.
 */
public interface ClientConnection extends SubscriberConnection {
  /**
   * Writes the first messages and a ping, together where the transport can. Called once, before
   * anything else is written.
   */
  void greet(List<String> messages);

  /**
   * Writes an answer to what the client did, or nothing once the connection is closing. A client
   * that provokes answers and does not read them is disconnected.
   */
  void say(String message);

  /** Pings; counted as an answer. */
  void ping();

  /** Runs what may wait, which the thread that reads must not. */
  Executor workers();
}
