/**
 * Problems (RFC 9457): codes, bodies, and the mapping from outcomes and exceptions.
 *
 * <p>Every refusal of a request ends in this package.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.problem;

import org.jspecify.annotations.NullMarked;
