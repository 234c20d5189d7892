/** Overdue turns and the clock of the database. */
@NullMarked
package dev.ringdraft.persistence.turn;

import org.jspecify.annotations.NullMarked;
