/** Limits on connections, proven with connections that are none and a clock that is set. */
@NullMarked
package dev.ringdraft.app.http.limits;

import org.jspecify.annotations.NullMarked;
