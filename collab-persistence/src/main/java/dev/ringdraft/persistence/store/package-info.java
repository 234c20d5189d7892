/**
 * The event store and the catalog in PostgreSQL.
 *
 * <p>A draft is one head row, which holds what rules and summaries read, and its events, which are
 * its segments and its receipts as well. A commit is one statement: it moves the head row on from
 * the expected revision and inserts the events. Deciding reads the head row alone, so it costs the
 * same for a text of any length. No lock is shared by two drafts. {@link
 * dev.ringdraft.persistence.store.EventCodec} defines the format of the events.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.persistence.store;

import org.jspecify.annotations.NullMarked;
