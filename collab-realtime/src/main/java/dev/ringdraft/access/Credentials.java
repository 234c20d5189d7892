package dev.ringdraft.access;

/** What a caller shows to say who they are. Its text is a secret: it is never logged. */
public sealed interface Credentials {
  /** Nothing was shown. */
  record None() implements Credentials {}

  /**
   * A JSON Web Token in compact form (RFC 7519), not yet verified.
   *
   * @param token as the caller sent it, of any size and shape
   */
  record BearerToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "BearerToken[…]";
    }
  }

  /**
   * A bare name, believed only while development authentication is on.
   *
   * @param name as the caller sent it
   */
  record DevelopmentUser(String name) implements Credentials {}
}
