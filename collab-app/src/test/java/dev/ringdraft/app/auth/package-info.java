/** Tokens of every make, good and forged, and keys that a provider serves or doesn't. */
@NullMarked
package dev.ringdraft.app.auth;

import org.jspecify.annotations.NullMarked;
