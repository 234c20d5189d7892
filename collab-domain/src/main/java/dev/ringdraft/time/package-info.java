/**
 * How exactly the domain keeps instants. It asks no clock: instants come with the commands.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.time;

import org.jspecify.annotations.NullMarked;
