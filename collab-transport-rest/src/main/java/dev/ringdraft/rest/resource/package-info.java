/**
 * REST resources: one class per URL, each method a thin step from request to command to response.
 *
 * <p>{@link dev.ringdraft.rest.resource.DraftResponses} builds the responses that show a draft.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.resource;

import org.jspecify.annotations.NullMarked;
