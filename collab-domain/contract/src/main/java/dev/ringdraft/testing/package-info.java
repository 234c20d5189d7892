/**
 * Fixtures of tests: {@link dev.ringdraft.testing.Scenario} for the rules of a draft, with short
 * words for commands and events, and bounded waiting for tests with threads.
 */
@NullMarked
package dev.ringdraft.testing;

import org.jspecify.annotations.NullMarked;
