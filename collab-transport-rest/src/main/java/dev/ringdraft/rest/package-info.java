/**
 * Drafts over REST: the resources, what they accept, and how they say no.
 *
 * <p>{@link dev.ringdraft.rest.RestApplication} makes a JAX-RS application of {@link
 * dev.ringdraft.rest.config.RestServices}. A request gets its id, its canonical address and a
 * bounded body before it is matched, and a {@link dev.ringdraft.rest.Caller} after; a resource
 * turns it into a command or a question for the domain and the answer into JSON. Whatever goes
 * wrong becomes a {@link dev.ringdraft.rest.problem.Problem} (RFC 9457) in one place, {@link
 * dev.ringdraft.rest.problem.ProblemMapper}.
 */
@NullMarked
package dev.ringdraft.rest;

import org.jspecify.annotations.NullMarked;
