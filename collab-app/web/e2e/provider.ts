import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** The algorithms of the public keys that a provider may have. */
export const algorithms = ['RS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof algorithms)[number];

/** An identity provider on loopback: publishes its keys, and signs the given claims with them. */
export interface Provider {
  readonly jwksUrl: string;
  /** A token by the provider's key of this algorithm. */
  readonly sign: (algorithm: Algorithm, claims: JWTPayload) => Promise<string>;
  /** A token that claims to be by that key, and is by another. */
  readonly forge: (algorithm: Algorithm, claims: JWTPayload) => Promise<string>;
  /** Replaces all keys by new ones. */
  readonly rotate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

let made = 0;

async function keyOf(algorithm: Algorithm): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  made += 1;
  const kid = `${algorithm}-${String(made)}`;
  const published = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm };
  return { kid, privateKey, published };
}

async function keysOfAll(): Promise<Record<Algorithm, Key>> {
  const [RS256, ES256, EdDSA] = await Promise.all([keyOf('RS256'), keyOf('ES256'), keyOf('EdDSA')]);
  return { RS256, ES256, EdDSA };
}

export async function startProvider(): Promise<Provider> {
  let keys = await keysOfAll();
  const others = await keysOfAll();
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/jwk-set+json');
    response.end(JSON.stringify({ keys: algorithms.map((algorithm) => keys[algorithm].published) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const signed = (algorithm: Algorithm, claims: JWTPayload, key: CryptoKey): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: keys[algorithm].kid, typ: 'JWT' }).sign(key);
  return {
    jwksUrl: `http://127.0.0.1:${String(port)}/.well-known/jwks.json`,
    sign: (algorithm, claims) => signed(algorithm, claims, keys[algorithm].privateKey),
    forge: (algorithm, claims) => signed(algorithm, claims, others[algorithm].privateKey),
    rotate: async () => {
      keys = await keysOfAll();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
