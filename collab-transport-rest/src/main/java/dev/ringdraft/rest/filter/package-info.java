/**
 * JAX-RS filters around every resource.
 *
 * <p>In order: request id, path alias, body limit, authentication, response headers, compression,
 * audit.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.filter;

import org.jspecify.annotations.NullMarked;
