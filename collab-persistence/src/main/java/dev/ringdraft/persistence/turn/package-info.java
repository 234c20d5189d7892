/**
 * Overdue turns in PostgreSQL, and the clock by which they are.
 *
 * <p>{@link dev.ringdraft.persistence.turn.PostgresTurnDeadlines} looks for turns that are overdue
 * by the database's clock. Each look is also a sample for {@link
 * dev.ringdraft.persistence.turn.DatabaseClock}, so that commands get their instants by the same
 * clock.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.persistence.turn;

import org.jspecify.annotations.NullMarked;
