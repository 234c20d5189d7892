/**
 * Notifications between servers that a draft was committed to. They save time and carry no promise:
 * a server that misses one finds the commit at its next look.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.persistence.signal;

import org.jspecify.annotations.NullMarked;
