package dev.ringdraft.access;

/**
 * Authenticates a caller. Port: the program's adapter verifies JSON Web Tokens; an embedding
 * service may bring its own.
 *
 * <p>Safe for use by many threads. It may wait for a key to be fetched, so it is never called on a
 * thread that serves sockets.
 */
@FunctionalInterface
public interface Authenticator {
  Authentication authenticate(Credentials credentials);
}
