/**
 * An open socket, on whatever container: greeting, messages of the client, heartbeat, the end of
 * the token, draining.
 *
 * <p>{@link dev.ringdraft.websocket.socket.DraftSocket} speaks the protocol. A transport brings a
 * {@link dev.ringdraft.websocket.socket.ClientConnection} for each client, which writes with
 * back-pressure, and hands on what it reads.
 */
@NullMarked
package dev.ringdraft.websocket.socket;

import org.jspecify.annotations.NullMarked;
