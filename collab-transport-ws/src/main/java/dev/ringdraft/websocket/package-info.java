/**
 * The WebSocket transport: from the upgrade request to the frames of a live draft.
 *
 * <p>{@link dev.ringdraft.websocket.tyrus.WebSocketFilter} stands before the HTTP server on its own
 * listener. It lets {@link dev.ringdraft.websocket.handshake.Handshake} judge an upgrade request,
 * refuses by an HTTP answer or hands the connection to Tyrus, which reads the client's frames. What
 * goes to the client is encoded once for all viewers and written below Tyrus by {@link
 * dev.ringdraft.websocket.tyrus.SocketConnection}, because Tyrus's own senders wait for slow
 * readers or queue for them without a bound.
 */
@NullMarked
package dev.ringdraft.websocket;

import org.jspecify.annotations.NullMarked;
