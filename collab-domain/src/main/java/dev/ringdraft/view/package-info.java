/**
 * Views: what people read, folded from the events.
 *
 * <p>Rules never look at a view, and a view never decides.
 */
@NullMarked
package dev.ringdraft.view;

import org.jspecify.annotations.NullMarked;
