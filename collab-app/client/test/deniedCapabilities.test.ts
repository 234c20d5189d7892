// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftSession, type DraftSession } from '../src/draftSession.js';
import { resolveEnvironment } from '../src/environment.js';
import { ANA, DRAFT_ID, NOON } from './cast.js';
import { FakeServer, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;

const denied = (): never => {
  throw new DOMException('denied', 'SecurityError');
};
const rejected = (): Promise<never> => Promise.reject(new DOMException('denied', 'SecurityError'));
const rejectedLater = (): Promise<never> =>
  new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new DOMException('denied', 'SecurityError'));
    }, LATENCY_MS);
  });
const deniedCalls = new Proxy({}, { get: () => denied });
const storage = (replaced: Partial<Storage>): Partial<Storage> => ({
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  ...replaced,
});

/** What a global is in place of what a browser has, by mode. */
type Modes = Readonly<Record<string, PropertyDescriptor>>;
const unused: Modes = {
  absent: { value: undefined },
  'throws on access': { get: denied },
  'throws on call': { value: deniedCalls },
};
const capabilities: Readonly<Record<string, Modes>> = {
  localStorage: {
    ...unused,
    'is null': { value: null },
    'throws on read': { value: storage({ getItem: denied }) },
    'is full': { value: storage({ setItem: denied }) },
    'keeps nothing': { value: storage({}) },
  },
  navigator: {
    absent: { value: undefined },
    'throws on access': { get: denied },
    'has no locks': { value: {} },
    'throws at locks': { value: Object.defineProperty({}, 'locks', { get: denied }) },
    'has locks that throw on call': { value: { locks: { request: denied } } },
    'has locks that reject': { value: { locks: { request: rejected } } },
    'has locks that reject later': { value: { locks: { request: rejectedLater } } },
    'has locks that are taken away': {
      value: {
        locks: {
          request: async (_name: string, work: () => Promise<unknown>) => {
            void work();
            return rejectedLater();
          },
        },
      },
    },
  },
  crypto: {
    ...unused,
    'has neither subtle nor randomUUID': {
      value: { getRandomValues: (bytes: Uint8Array) => bytes.map((_, index) => (bytes[index] = Math.random() * 256)) },
    },
  },
  WebSocket: { absent: { value: undefined }, 'throws on call': { value: denied } },
  sessionStorage: unused,
  indexedDB: unused,
  caches: unused,
  cookieStore: unused,
  BroadcastChannel: unused,
  Notification: unused,
  matchMedia: unused,
};
const rows = Object.entries(capabilities).flatMap(([name, modes]) =>
  Object.entries(modes).map(([mode, descriptor]) => ({ name, mode, descriptor })),
);

let restore: () => void;
let server: FakeServer;
const sessions: DraftSession[] = [];

beforeEach(() => {
  restore = () => undefined;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(NOON) });
  server = new FakeServer();
  localStorage.clear();
});

afterEach(() => {
  for (const session of sessions.splice(0)) session.stop();
  restore();
  vi.useRealTimers();
});

function deny(target: object, name: string, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
  restore = () => {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  };
}

/** What the server gives, and of the browser what it has. */
function environmentOf(replaced: readonly ('openWebSocket' | 'page')[]) {
  const offered = Object.entries(server.environment());
  return resolveEnvironment(
    Object.fromEntries(offered.filter(([part]) => ['fetch', ...replaced].some((name) => name === part))),
  );
}

function sessionOf(environment: ReturnType<typeof environmentOf>): DraftSession {
  const session = createDraftSession({
    draftId: DRAFT_ID,
    userId: ANA,
    credentials: developmentUser(ANA),
    baseUrl: 'https://drafts.example',
    environment,
  });
  sessions.push(session);
  session.start();
  return session;
}

function written(): readonly string[] {
  return server.draft.segments.map(({ content }) => content);
}

describe('what is typed is sent', () => {
  it.each(rows)('when $name $mode', async ({ name, descriptor }) => {
    deny(globalThis, name, descriptor);
    const environment = environmentOf(name === 'WebSocket' ? ['page'] : ['page', 'openWebSocket']);
    const session = sessionOf(environment);
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    session.append('one');
    session.append('two');
    await vi.advanceTimersByTimeAsync(A_MOMENT);

    expect(written()).toEqual(['one', 'two']);
    expect(server.asksFor('/segments')).toHaveLength(2);
    expect(new Set(server.asksFor('/segments').map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.state()).toMatchObject({
      pending: [],
      rejected: [],
      status: name === 'WebSocket' ? 'polling' : 'ws',
    });
  });

  it.each(rows)('and news come without a socket, too, when $name $mode', async ({ name, descriptor }) => {
    deny(globalThis, name, descriptor);
    server.socketsAreUp = false;
    const session = sessionOf(environmentOf(['page', 'openWebSocket']));
    await vi.advanceTimersByTimeAsync(10_000);
    session.append('one');
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    server.write('two');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.state().draft?.segments.map(({ content }) => content)).toEqual(['one', 'two']);
    expect(session.state().status).toBe('polling');
  });

  it('when cookies can be neither read nor written', async () => {
    deny(document, 'cookie', { get: denied, set: denied });
    const session = sessionOf(environmentOf(['page', 'openWebSocket']));
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    session.append('one');
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    expect(written()).toEqual(['one']);
  });
});

describe('what waits is said to be kept', () => {
  it.each(rows)('only when it is: $name $mode', async ({ name, descriptor }) => {
    deny(globalThis, name, descriptor);
    const environment = environmentOf(name === 'WebSocket' ? ['page'] : ['page', 'openWebSocket']);
    const session = sessionOf(environment);
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    server.restIsUp = false;
    session.append('one');
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    expect(session.state().pending).toMatchObject([{ content: 'one', isKept: name !== 'localStorage' }]);
  });

  it('and outlives the session in any case, as long as its environment does', async () => {
    deny(globalThis, 'localStorage', { get: denied });
    const environment = environmentOf(['page', 'openWebSocket']);
    const left = sessionOf(environment);
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    server.restIsUp = false;
    left.append('one');
    left.stop();
    server.restIsUp = true;
    sessionOf(environment);
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    expect(written()).toEqual(['one']);
  });
});

describe('a storage that refuses to remove', () => {
  it('does not make an entry be sent without end', async () => {
    const texts = new Map<string, string>();
    deny(globalThis, 'localStorage', {
      value: {
        get length() {
          return texts.size;
        },
        key: (index: number) => [...texts.keys()][index] ?? null,
        getItem: (name: string) => texts.get(name) ?? null,
        setItem: (name: string, text: string) => texts.set(name, text),
        removeItem: denied,
      },
    });
    const session = sessionOf(environmentOf(['page', 'openWebSocket']));
    await vi.advanceTimersByTimeAsync(A_MOMENT);
    session.append('one');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asksFor('/segments')).toHaveLength(1);
    expect(session.state()).toMatchObject({ pending: [], rejected: [] });
  });
});
