/** Proofs that the embedded PostgreSQL keeps what it acknowledged, whatever is killed. */
@NullMarked
package dev.ringdraft.persistence.embedded;

import org.jspecify.annotations.NullMarked;
