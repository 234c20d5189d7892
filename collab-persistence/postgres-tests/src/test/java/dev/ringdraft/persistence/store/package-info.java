/** The store and the catalog, on a real PostgreSQL. */
@NullMarked
package dev.ringdraft.persistence.store;

import org.jspecify.annotations.NullMarked;
