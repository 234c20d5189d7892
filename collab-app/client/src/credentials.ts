/** How requests and sockets say who is asking. */
export type CredentialsSource = BearerCredentials | DevelopmentCredentials;

/** A JWT; `token` is asked before each attempt, so short-lived tokens are always fresh. */
export interface BearerCredentials {
  readonly kind: 'bearer';
  readonly token: () => string | Promise<string>;
}

/** A name taken at its word; servers accept it only while development auth is switched on. */
export interface DevelopmentCredentials {
  readonly kind: 'development';
  readonly userId: string;
}

export function bearer(token: () => string | Promise<string>): BearerCredentials {
  return { kind: 'bearer', token };
}

/**
 * Refuses names that a request header can't carry: anything but 1 to 128 visible ASCII characters, and `.` and `..`, as
 * all ids.
 */
export function developmentUser(userId: string): DevelopmentCredentials {
  if (!/^(?!\.\.?$)[\x21-\x7e]{1,128}$/.test(userId)) {
    throw new RangeError(
      `userId: ${JSON.stringify(userId)} (expected: 1..128 visible ASCII characters, not "." or "..")`,
    );
  }
  return { kind: 'development', userId };
}
