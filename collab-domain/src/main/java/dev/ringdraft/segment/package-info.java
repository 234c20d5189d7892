/**
 * Segments: the contributions that make up a draft's text, in the order of their positions.
 *
 * <p>A position is derived from what is there already; nobody hands one in.
 */
@NullMarked
package dev.ringdraft.segment;

import org.jspecify.annotations.NullMarked;
