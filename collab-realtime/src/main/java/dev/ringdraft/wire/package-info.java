/**
 * The wire form of facts: one JSON, whatever the transport, and the spelling of names and instants.
 *
 * <p>It is written by hand, so that a service that embeds the domain gets it without a JSON library
 * and every adapter says the same.
 */
@NullMarked
package dev.ringdraft.wire;

import org.jspecify.annotations.NullMarked;
