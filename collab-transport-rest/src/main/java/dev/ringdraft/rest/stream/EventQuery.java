package dev.ringdraft.rest.stream;

import dev.ringdraft.draft.DraftId;

/**
 * Which events a request asks for.
 *
 * @param after the revision that the caller knows, 0 or more
 * @param limit most events of the response, 1 or more
 */
public record EventQuery(DraftId draft, long after, int limit) {}
