/** Configuration of the database, without one. */
@NullMarked
package dev.ringdraft.persistence;

import org.jspecify.annotations.NullMarked;
