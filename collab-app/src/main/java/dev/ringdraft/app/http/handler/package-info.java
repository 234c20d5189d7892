/**
 * Request handlers: what answers a request once the codec has accepted it, and how each sends a
 * problem.
 *
 * <p>The REST application is one handler among others.
 */
@NullMarked
package dev.ringdraft.app.http.handler;

import org.jspecify.annotations.NullMarked;
