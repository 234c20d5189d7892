/**
 * The log: committed facts, numbered per draft, and the ports to it.
 *
 * <p>A {@link dev.ringdraft.eventstore.Commit} becomes {@link
 * dev.ringdraft.eventstore.RecordedEvent}s, which are their own {@link
 * dev.ringdraft.eventstore.Receipt}: the same command again returns its first outcome. A revision
 * and its {@link dev.ringdraft.eventstore.Epoch} are the only cursor there is.
 */
@NullMarked
package dev.ringdraft.eventstore;

import org.jspecify.annotations.NullMarked;
