/**
 * The load that a user puts on a server to size a machine: {@code ringdraft bench}.
 *
 * <p>{@link dev.ringdraft.app.bench.Bench} makes drafts and members, seats viewers, and appends by
 * a {@link dev.ringdraft.app.bench.Schedule} that does not wait for the server: every text carries
 * the time at which its append was due (a {@link dev.ringdraft.app.bench.Stamp}), and a delivery
 * took as long as from then until a viewer had read the frame, so that waiting counts. Each viewer
 * checks its {@link dev.ringdraft.app.bench.Run} of revisions as it goes.
 *
 * <p>The bench shares the machine with what it measures, so it is kept light: one selector thread
 * for all viewers ({@link dev.ringdraft.app.bench.ViewerLoop}), one for all writers ({@link
 * dev.ringdraft.app.bench.AppendLoop}), and of a frame no more is read than the revision and the
 * stamp.
 */
@NullMarked
package dev.ringdraft.app.bench;

import org.jspecify.annotations.NullMarked;
