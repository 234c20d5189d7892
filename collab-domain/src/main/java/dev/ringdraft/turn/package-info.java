/**
 * Turns: how long one lasts and who is next.
 *
 * <p>A turn is the time during which one member holds the ring; its number is the ring's term. A
 * {@link dev.ringdraft.turn.TurnPolicy} says when it ends without its holder. {@link
 * dev.ringdraft.turn.Turns} is the state that the rules read, {@link dev.ringdraft.turn.NextHolder}
 * the one function that chooses.
 */
@NullMarked
package dev.ringdraft.turn;

import org.jspecify.annotations.NullMarked;
