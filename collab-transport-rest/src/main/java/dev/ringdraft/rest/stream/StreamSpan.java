package dev.ringdraft.rest.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins, and when it ends.
 *
 * @param left how long the caller's credentials are valid; null for ever
 */
public record StreamSpan(StreamPosition from, @Nullable Duration left) {}
