/** Presence of several servers, on a real PostgreSQL. */
@NullMarked
package dev.ringdraft.persistence.presence;

import org.jspecify.annotations.NullMarked;
