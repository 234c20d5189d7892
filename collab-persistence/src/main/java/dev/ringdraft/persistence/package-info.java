/**
 * Ringdraft on PostgreSQL: event store, catalog, presence and commit notifications.
 *
 * <p>{@link dev.ringdraft.persistence.Database} is the entry point: {@code open} for a program that
 * gives an address, {@code of} for a service that has a pool. It checks the server, applies the
 * migrations and hands out the ports. The packages below depend on each other in one direction:
 * {@code store}, {@code presence} and {@code signal} on {@code connection} and {@code json}. {@code
 * transaction} is for a service that commits rows of its own with the events.
 */
@NullMarked
package dev.ringdraft.persistence;

import org.jspecify.annotations.NullMarked;
