/**
 * Drafts in PostgreSQL: the event store, the catalog and the hints between servers.
 *
 * <p>{@link dev.ringdraft.persistence.Database} is the way in. A draft is one head row, which holds
 * all that rules and summaries read, and its events, which are its segments and its receipts as
 * well. An append is one statement that moves the head row on from the revision it expects and
 * inserts the events; deciding reads the head row alone, so it costs the same however long the text
 * is. No lock is shared by two drafts.
 */
@NullMarked
package dev.ringdraft.persistence;

import org.jspecify.annotations.NullMarked;
