/** Reads stored JSON, and spells the names that columns hold. Internal: no part of the API. */
@NullMarked
package dev.ringdraft.persistence.json;

import org.jspecify.annotations.NullMarked;
