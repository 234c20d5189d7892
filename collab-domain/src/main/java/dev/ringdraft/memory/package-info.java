/**
 * The ports in memory: a whole event store and catalog without a database, to embed and to test
 * with.
 */
@NullMarked
package dev.ringdraft.memory;

import org.jspecify.annotations.NullMarked;
