/** Proofs on a real PostgreSQL: an embedded one, or the one that {@code database.url} names. */
@NullMarked
package dev.ringdraft.persistence;

import org.jspecify.annotations.NullMarked;
