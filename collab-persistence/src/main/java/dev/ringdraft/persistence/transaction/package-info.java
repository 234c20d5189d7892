/**
 * Rows of the embedding service that are committed together with the events of a command.
 *
 * <p>{@link dev.ringdraft.persistence.transaction.TransactionWork} writes them, in the transaction
 * of the commit. The command handler sees one commit, which is made or not: retries, cached heads
 * and commit listeners need to know nothing of it.
 */
@NullMarked
package dev.ringdraft.persistence.transaction;

import org.jspecify.annotations.NullMarked;
