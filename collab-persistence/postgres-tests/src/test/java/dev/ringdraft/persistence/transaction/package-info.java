/** Rows of a service in the transaction of a commit. */
@NullMarked
package dev.ringdraft.persistence.transaction;

import org.jspecify.annotations.NullMarked;
