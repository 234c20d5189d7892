/**
 * Turns that end by their deadline, without anybody asking.
 *
 * <p>{@link dev.ringdraft.timer.TurnTimer} looks for overdue turns once a second and ends them
 * through {@link dev.ringdraft.authoring.TurnTimeouts}. Each server of a store runs one. A service
 * that has a scheduler of its own calls {@code TurnTimeouts} from there instead.
 */
@NullMarked
package dev.ringdraft.timer;

import org.jspecify.annotations.NullMarked;
