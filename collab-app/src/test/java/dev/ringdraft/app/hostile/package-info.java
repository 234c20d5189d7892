/**
 * Callers who mean harm, against the real program: what they get, and that everybody else is served
 * meanwhile.
 */
@NullMarked
package dev.ringdraft.app.hostile;

import org.jspecify.annotations.NullMarked;
