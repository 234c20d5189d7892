/**
 * Records what real clients ask and what real subscribers receive, while a deployment is disturbed,
 * and decides whether the server kept its promises. {@link
 * dev.ringdraft.bench.history.HistoryChecker} holds the rules; it knows neither clock nor network.
 */
@NullMarked
package dev.ringdraft.bench.history;

import org.jspecify.annotations.NullMarked;
