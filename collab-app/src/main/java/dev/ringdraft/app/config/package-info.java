/**
 * The configuration and its sources.
 *
 * <p>{@link dev.ringdraft.app.config.Key} is the one table of keys: reading them, refusing others
 * and explaining them all follow from it. {@link dev.ringdraft.app.config.GivenValues} collects
 * what the command line, the environment and a properties file say, in this order of precedence,
 * and {@link dev.ringdraft.app.config.Configuration} turns it into small immutable records, one a
 * concern. A wrong value is refused with one line that names the key, the value and the expected
 * form; a secret is never part of such a line.
 */
@NullMarked
package dev.ringdraft.app.config;

import org.jspecify.annotations.NullMarked;
