/** The suites that the WebSocket passes on every container, and their fixtures. */
@NullMarked
package dev.ringdraft.websocket;

import org.jspecify.annotations.NullMarked;
