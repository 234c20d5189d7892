/**
 * The ring: the single right to write.
 *
 * <p>A {@link dev.ringdraft.ring.Ring} knows its holder and its term and how to be passed on. Who
 * may receive it is a rule of the draft, which knows the members.
 */
@NullMarked
package dev.ringdraft.ring;

import org.jspecify.annotations.NullMarked;
