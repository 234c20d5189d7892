/** Settings of the WebSocket transport, with their limits and defaults. */
@NullMarked
package dev.ringdraft.websocket.config;

import org.jspecify.annotations.NullMarked;
