/** How a failed statement is read. */
@NullMarked
package dev.ringdraft.persistence.connection;

import org.jspecify.annotations.NullMarked;
