/**
 * Puts load on a server: {@link dev.ringdraft.bench.load.Session} prepares drafts, connects the
 * subscribers and measures one run after the other.
 *
 * <p>Appends follow a {@link dev.ringdraft.bench.load.Schedule} that does not wait for the server
 * (an open loop). Each text carries the time at which its append was due, and a latency counts from
 * then, so queueing counts too.
 *
 * <p>The bench shares the machine with the server it measures, so it is kept light: one selector
 * thread for all subscribers ({@link dev.ringdraft.bench.load.SubscriberLoop}), one for all appends
 * ({@link dev.ringdraft.bench.load.AppendLoop}).
 */
@NullMarked
package dev.ringdraft.bench.load;

import org.jspecify.annotations.NullMarked;
