/**
 * JSON of drafts: the shapes of responses, and a cache of encoded segments.
 *
 * <p>A segment is encoded once and shared by all responses that carry it.
 *
 * <p>Internal: no part of the API.
 */
@NullMarked
package dev.ringdraft.rest.json;

import org.jspecify.annotations.NullMarked;
