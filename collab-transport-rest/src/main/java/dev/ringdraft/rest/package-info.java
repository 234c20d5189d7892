/**
 * Drafts over REST: the JAX-RS application.
 *
 * <p>{@link dev.ringdraft.rest.RestApplication} makes a JAX-RS application of {@link
 * dev.ringdraft.rest.config.RestServices}. Before a request is matched, it gets its id, its
 * canonical address and a bounded body; after that, the {@link
 * dev.ringdraft.rest.request.RequestPrincipal}. A resource turns it into a command or a query for
 * the domain, and the answer into JSON. {@link dev.ringdraft.rest.problem.ProblemMapper} turns each
 * failure into a {@link dev.ringdraft.access.Problem} (RFC 9457).
 */
@NullMarked
package dev.ringdraft.rest;

import org.jspecify.annotations.NullMarked;
