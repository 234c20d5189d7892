/** Reads stored JSON, and spells the names that columns hold. */
@NullMarked
package dev.ringdraft.persistence.json;

import org.jspecify.annotations.NullMarked;
