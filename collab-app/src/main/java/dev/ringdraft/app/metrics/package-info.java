/**
 * What can be counted of a running server. {@link dev.ringdraft.app.metrics.Metrics} keeps the
 * meters and gives them out as Prometheus reads them. The others are adapters of the ports by which
 * each part is measured: {@link dev.ringdraft.app.metrics.MeteredRooms} counts what rooms do.
 */
@NullMarked
package dev.ringdraft.app.metrics;

import org.jspecify.annotations.NullMarked;
