/**
 * Authentication, behind the domain's port {@link dev.ringdraft.access.Authenticator}.
 *
 * <p>A {@link dev.ringdraft.app.auth.VerificationKey} is a public key or secret together with the
 * one algorithm that it is good for (RFC 8725, section 3.1): what a token says about algorithms and
 * keys decides nothing. {@link dev.ringdraft.app.auth.VerificationKeys} finds the key of a token:
 * the one that is configured, or one of those that a provider publishes ({@link
 * dev.ringdraft.app.auth.JwksKeys}). {@link dev.ringdraft.app.auth.JwtAuthenticator} verifies,
 * {@link dev.ringdraft.app.auth.DevelopmentAuthenticator} believes, and {@link
 * dev.ringdraft.app.auth.CompositeAuthenticator} says which of the two is asked.
 */
@NullMarked
package dev.ringdraft.app.auth;

import org.jspecify.annotations.NullMarked;
