/**
 * Requests: credentials, rate limits, query parameters, JSON bodies, entity tags and page cursors.
 *
 * <p>Each reader turns outside text into a value or throws a problem that names field, value and
 * limit.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.request;

import org.jspecify.annotations.NullMarked;
