/**
 * The JSON of the wire in both directions, whatever the transport: events, drafts, presence, the
 * frames of a socket, and the spelling of names and instants.
 *
 * <p>It is written and read by hand, so that a service that embeds the domain needs no JSON library
 * for it and every adapter says the same. What comes from outside is read strictly as JSON, within
 * limits, and leniently as a message: unknown members are ignored. {@link
 * dev.ringdraft.wire.WireFormatException} names the place that is wrong.
 */
@NullMarked
package dev.ringdraft.wire;

import org.jspecify.annotations.NullMarked;
