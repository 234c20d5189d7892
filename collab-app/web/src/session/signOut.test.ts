// @vitest-environment happy-dom
import { ApiProblem } from '@ringdraft/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { savedDrafts, saveDraft } from '../draft/savedDraft';
import { memoryCaches } from '../testing/caches';
import { draftHeldBy } from '../testing/drafts';
import { isRemembered, resolveSession } from './session';
import { isSignedOut, removeKeptAfterSignOut } from './signOut';

/** The user whom the server knows by the token; null for nobody, 'away' while no answer comes. */
let server: string | null;
let token: () => Promise<string>;
const signal = new AbortController().signal;

beforeEach(async () => {
  localStorage.clear();
  server = 'ana';
  token = () => Promise.resolve('a.b.c');
  window.ringdraftToken = () => token();
  vi.stubGlobal('caches', memoryCaches());
  vi.stubGlobal('fetch', (_path: string, { headers }: { readonly headers: Readonly<Record<string, string>> }) => {
    if (server === 'away') return Promise.reject(new TypeError('Failed to fetch'));
    const data = { user_id: 'Authorization' in headers ? server : null, development: false };
    return Promise.resolve(Response.json({ data }));
  });
  await resolveSession(signal);
  await saveDraft('ana', { ...draftHeldBy('ana'), segments: [] });
});
afterEach(() => {
  delete window.ringdraftToken;
  vi.unstubAllGlobals();
});

describe('the session of a user', () => {
  it('is remembered while the server is away, whether or not a token comes', async () => {
    server = 'away';
    expect(await resolveSession(signal)).toMatchObject({ kind: 'signedIn', signedIn: { userId: 'ana' } });
    token = () => Promise.reject(new Error('no network'));
    expect(await resolveSession(signal)).toMatchObject({ kind: 'signedIn', signedIn: { userId: 'ana' } });
  });

  it('is not taken from memory while the server answers', async () => {
    token = () => Promise.reject(new Error('signed out'));
    await expect(resolveSession(signal)).rejects.toThrow('signed out');
  });

  it('is not shown without a sign-in around the page', async () => {
    delete window.ringdraftToken;
    server = 'away';
    expect(await resolveSession(signal)).toEqual({ kind: 'noSignIn' });
  });
});

describe('after a sign-out', () => {
  it('nothing is kept, once the server answers', async () => {
    server = 'away';
    await removeKeptAfterSignOut();
    expect([isRemembered('ana'), (await savedDrafts('ana')).length]).toEqual([true, 1]);

    server = null;
    await removeKeptAfterSignOut();
    expect([isRemembered('ana'), (await savedDrafts('ana')).length]).toEqual([false, 0]);
  });

  it('a missing or refused token says so, and no other problem', () => {
    const problem = (code: string): ApiProblem => new ApiProblem({ status: 0, code, title: '', detail: '' });
    expect(['credentials_unavailable', 'unauthenticated'].every((code) => isSignedOut(problem(code)))).toBe(true);
    expect(['network', 'offline', 'not_found'].some((code) => isSignedOut(problem(code)))).toBe(false);
    expect(isSignedOut(null)).toBe(false);
  });
});
