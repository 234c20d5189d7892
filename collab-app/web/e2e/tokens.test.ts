import { type IncomingMessage, request } from 'node:http';
import { bearer, createApi } from '@ringdraft/client';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startProgram } from './program';
import { algorithms, type Provider, startProvider } from './provider';

const evil = 'https://evil.example';
const page = 'https://drafts.example';
const secret = 'a secret of thirty-two bytes, no less';

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** A session token's claims as Clerk documents them (version 2), good for their usual minute. */
function session(others: JWTPayload = {}): JWTPayload {
  return {
    azp: page,
    exp: inSeconds(60),
    fva: [7, -1],
    iat: inSeconds(0),
    iss: 'https://clerk.drafts.example',
    jti: 'a1b2c3d4e5f67890abcd',
    nbf: inSeconds(-10),
    o: { id: 'org_123', slg: 'org-slug', rol: 'admin' },
    sid: 'sess_123',
    sts: 'active',
    sub: 'user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ',
    v: 2,
    ...others,
  };
}

function without(claim: string): JWTPayload {
  return Object.fromEntries(Object.entries(session()).filter(([name]) => name !== claim));
}

const otherParty = "the token's azp is missing or not accepted here";
const otherIssuer = "the token's iss is missing or not accepted here";

/** What the server says to a request with this token: its status, and the reason of a refusal. */
async function answerTo(url: string, token: string): Promise<{ status: number; detail: unknown }> {
  const answer = await fetch(`${url}/v1/collab/drafts`, { headers: { Authorization: `Bearer ${token}` } });
  const body = (await answer.json()) as { readonly detail?: unknown };
  return { status: answer.status, detail: body.detail };
}

/** What becomes of a socket that a browser would open with this token. */
function handshake(url: string, draftId: string, token: string): Promise<{ status: number; protocol: unknown }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/v1/ws/drafts/${draftId}`, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Protocol': `collab.v1, bearer.${token}`,
      },
    });
    const hear = (answer: IncomingMessage): void => {
      resolve({ status: answer.statusCode ?? 0, protocol: answer.headers['sec-websocket-protocol'] });
      asking.destroy();
    };
    asking.on('upgrade', hear).on('response', hear).on('error', reject).end();
  });
}

describe('with the keys of a provider', () => {
  let provider: Provider;
  let program: Program;

  beforeAll(async () => {
    provider = await startProvider();
    program = await startProgram([
      '--auth.jwt.jwks-url',
      provider.jwksUrl,
      '--auth.jwt.issuer',
      'https://clerk.drafts.example',
      '--auth.jwt.authorized-parties',
      page,
    ]);
  });
  afterAll(async () => {
    await program.discard();
    await provider.close();
  });

  it.each(algorithms)('a token that jose has signed by %s gets in everywhere', async (algorithm) => {
    const token = await provider.sign(algorithm, session());
    const api = createApi({ baseUrl: program.url, credentials: bearer(() => Promise.resolve(token)) });
    const { draft_id: id, creator_id: creator } = await api.createDraft({ title: 'Signed' });

    expect(creator).toBe('user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ');
    expect(await handshake(program.url, id, token)).toEqual({ status: 101, protocol: 'collab.v1' });

    const forged = await provider.forge(algorithm, session());
    expect(await answerTo(program.url, forged)).toEqual({
      status: 401,
      detail: "the token's signature does not fit the key",
    });
    expect((await handshake(program.url, id, forged)).status).toBe(401);
  });

  it.each([
    ['expired', () => session({ exp: inSeconds(-60) }), 'the token has expired'],
    ['not valid yet', () => session({ nbf: inSeconds(3_600), exp: inSeconds(7_200) }), 'the token is not valid yet'],
    ['without exp', () => without('exp'), 'the token has no exp'],
    ['without sub', () => without('sub'), 'the token has no sub'],
    ['without azp', () => without('azp'), otherParty],
    ['of another page', () => session({ azp: evil }), otherParty],
    ['of another issuer', () => session({ iss: evil }), otherIssuer],
  ])('a token %s is refused with the reason', async (_, claims, detail) => {
    expect(await answerTo(program.url, await provider.sign('RS256', claims()))).toEqual({ status: 401, detail });
  });

  it('a token that nobody has signed is refused', async () => {
    const token = new UnsecuredJWT(session()).encode();
    expect((await answerTo(program.url, token)).status).toBe(401);
  });

  it('after the provider has changed its keys, tokens by the new ones get in', async () => {
    await provider.rotate();
    const token = await provider.sign('ES256', session({ exp: inSeconds(600) }));
    await expect
      .poll(async () => (await answerTo(program.url, token)).status, { timeout: 30_000, interval: 500 })
      .toBe(200);
  });
});

describe('with a secret', () => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram(['--auth.jwt.hmac-secret', secret]);
  });
  afterAll(async () => {
    await program.discard();
  });

  it('a token that jose has signed by HS256 gets in, and none by another secret or algorithm', async () => {
    const signed = (algorithm: string, by: string): Promise<string> =>
      new SignJWT(session()).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(by));

    expect((await answerTo(program.url, await signed('HS256', secret))).status).toBe(200);
    expect((await answerTo(program.url, await signed('HS256', secret.toUpperCase()))).status).toBe(401);
    expect((await answerTo(program.url, await signed('HS512', secret.repeat(2)))).status).toBe(401);
  });
});
