/**
 * Event delivery over HTTP: pages of events, long polling and Server-Sent Events.
 *
 * <p>A waiting request holds no thread. Streams are written below JAX-RS, straight to Grizzly; this
 * package is the only one that knows Grizzly.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.stream;

import org.jspecify.annotations.NullMarked;
