/** Presence that the servers of one database share, kept by leases. */
@NullMarked
package dev.ringdraft.persistence.presence;

import org.jspecify.annotations.NullMarked;
