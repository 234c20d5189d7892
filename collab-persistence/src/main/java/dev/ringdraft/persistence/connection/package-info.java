/**
 * Connections of a pool, and the meaning of a failure on one.
 *
 * <p>{@link dev.ringdraft.persistence.connection.Sessions} runs one statement on a connection and
 * translates its failure by SQLSTATE: undone by a competing commit, not available, a fault of ours,
 * or in doubt. The other packages of this module see no {@code SQLException} of a statement.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.persistence.connection;

import org.jspecify.annotations.NullMarked;
