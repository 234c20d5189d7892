/** Events and turns as they are stored. */
@NullMarked
package dev.ringdraft.persistence.store;

import org.jspecify.annotations.NullMarked;
