/**
 * The WebSocket on any container of Jakarta WebSocket, such as Tomcat and Jetty.
 *
 * <p>{@link dev.ringdraft.websocket.jakarta.JakartaWebSockets} gives the endpoint that a service
 * adds to its container. {@link dev.ringdraft.websocket.jakarta.SessionConnection} sends on a
 * session of the container, one message after the other, with back-pressure.
 */
@NullMarked
package dev.ringdraft.websocket.jakarta;

import org.jspecify.annotations.NullMarked;
