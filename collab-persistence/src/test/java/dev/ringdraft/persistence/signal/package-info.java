/** Notifications that wait for their sending. */
@NullMarked
package dev.ringdraft.persistence.signal;

import org.jspecify.annotations.NullMarked;
