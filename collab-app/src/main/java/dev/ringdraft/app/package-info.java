/**
 * The program: it puts the parts together and runs them.
 *
 * <p>{@link dev.ringdraft.app.Ringdraft} is what the shell calls. {@link
 * dev.ringdraft.app.RingdraftServer} composes a server by hand, from the database up to the
 * listener, and takes it down in the opposite order; {@link dev.ringdraft.app.GracefulShutdown}
 * sees to that when the process is asked to end. Nothing else knows all the modules.
 */
@NullMarked
package dev.ringdraft.app;

import org.jspecify.annotations.NullMarked;
