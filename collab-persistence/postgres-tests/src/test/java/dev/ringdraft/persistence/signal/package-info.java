/** Notifications between servers, on a real PostgreSQL. */
@NullMarked
package dev.ringdraft.persistence.signal;

import org.jspecify.annotations.NullMarked;
