package dev.ringdraft.access;

/** Why credentials are refused, in a few kinds that can be counted apart. */
public enum CredentialsFault {
  /** Nothing was shown. */
  ABSENT,
  /** This kind of credentials is not accepted here: no key is configured, or no bare name. */
  NOT_ACCEPTED,
  /** No token or name, or one out of form. */
  MALFORMED,
  /** No key fits the token. */
  UNKNOWN_KEY,
  /** The signature does not fit the key. */
  SIGNATURE,
  /** The token has ended. */
  EXPIRED,
  /** The token is of a later time. */
  NOT_YET_VALID,
  /** The issuer is another. */
  ISSUER,
  /** The token is for others. */
  AUDIENCE,
  /** The token was given to another party. */
  AUTHORIZED_PARTY,
  /** A claim is missing or can't be used. */
  CLAIMS,
  /** A cause that an authenticator does not name. */
  OTHER
}
