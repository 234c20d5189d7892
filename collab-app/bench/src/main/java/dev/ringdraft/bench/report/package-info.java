/**
 * The figures of a bench: {@link dev.ringdraft.bench.report.Report} as a table for people and as
 * JSON for programs. Of several runs it gives minimum, median and maximum ({@link
 * dev.ringdraft.bench.report.Quantile}). Latencies come from HdrHistogram.
 *
 * <p>Depends on {@link dev.ringdraft.bench.check} alone.
 */
@NullMarked
package dev.ringdraft.bench.report;

import org.jspecify.annotations.NullMarked;
