/** Fixtures that the tests of several modules share. */
@NullMarked
package dev.ringdraft.testing;

import org.jspecify.annotations.NullMarked;
