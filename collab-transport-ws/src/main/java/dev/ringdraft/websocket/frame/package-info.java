/**
 * WebSocket frames: header parsing, validation against size limits, compression without context
 * takeover.
 */
@NullMarked
package dev.ringdraft.websocket.frame;

import org.jspecify.annotations.NullMarked;
