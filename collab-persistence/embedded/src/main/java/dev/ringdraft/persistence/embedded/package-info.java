/**
 * An embedded PostgreSQL server, for a program that has no database of its own to connect to.
 *
 * <p>{@link dev.ringdraft.persistence.embedded.EmbeddedPostgres} unpacks PostgreSQL into a folder,
 * sets a database up there and runs it for as long as the program lives. It is a real server with
 * real durability: it listens on loopback alone, asks for a password, flushes what it acknowledges,
 * and comes back after it, the program or both were killed. One process at a time has the folder.
 */
@NullMarked
package dev.ringdraft.persistence.embedded;

import org.jspecify.annotations.NullMarked;
