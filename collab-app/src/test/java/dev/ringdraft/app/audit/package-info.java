/** Which refusals are recorded, in which form, and how many at most. */
@NullMarked
package dev.ringdraft.app.audit;

import org.jspecify.annotations.NullMarked;
