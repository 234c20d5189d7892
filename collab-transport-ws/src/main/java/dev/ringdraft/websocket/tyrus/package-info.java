/**
 * Glue to Tyrus and Grizzly: filters that hand upgraded connections to Tyrus and read frames before
 * it does.
 *
 * <p>It exists because Tyrus bounds neither messages nor its send queue and reports refusals
 * wrongly.
 */
@NullMarked
package dev.ringdraft.websocket.tyrus;

import org.jspecify.annotations.NullMarked;
