/**
 * The WebSocket handshake (RFC 6455, section 4): parse, limit, authenticate, authorise, accept or
 * refuse.
 *
 * <p>A refused handshake gets an HTTP response with a problem body; a granted one holds a permit of
 * the connection limiter until the socket closes.
 */
@NullMarked
package dev.ringdraft.websocket.handshake;

import org.jspecify.annotations.NullMarked;
