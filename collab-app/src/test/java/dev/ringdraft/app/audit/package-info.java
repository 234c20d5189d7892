/** What is written of what was turned away, and how much of it at most. */
@NullMarked
package dev.ringdraft.app.audit;

import org.jspecify.annotations.NullMarked;
