/**
 * An open socket: messages of the client, events to the client, heartbeat, and closing.
 *
 * <p>{@link dev.ringdraft.websocket.socket.DraftSocket} speaks the protocol; {@link
 * dev.ringdraft.websocket.socket.SocketConnection} writes frames to the network with back-pressure.
 */
@NullMarked
package dev.ringdraft.websocket.socket;

import org.jspecify.annotations.NullMarked;
