/**
 * Presence that the servers of one database share, kept by leases.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.persistence.presence;

import org.jspecify.annotations.NullMarked;
