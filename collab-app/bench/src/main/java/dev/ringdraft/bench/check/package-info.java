/**
 * Reads what the server sends and checks it. {@link dev.ringdraft.bench.check.HttpResponseReader}
 * and {@link dev.ringdraft.bench.check.EventScan} read bytes in place, {@link
 * dev.ringdraft.bench.check.DueStamp} carries the time at which an append was due, and {@link
 * dev.ringdraft.bench.check.SequenceCheck} counts lost, doubled and disordered revisions.
 *
 * <p>Depends on no other package of the bench.
 */
@NullMarked
package dev.ringdraft.bench.check;

import org.jspecify.annotations.NullMarked;
