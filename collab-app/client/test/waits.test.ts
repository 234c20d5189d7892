import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftSession, type DraftSession } from '../src/draftSession.js';
import { resolveEnvironment } from '../src/environment.js';
import { ANA, DRAFT_ID, NOON } from './cast.js';
import { FakePage, FakeServer, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let server: FakeServer;
const opened: DraftSession[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  server = new FakeServer();
});

afterEach(() => {
  for (const session of opened.splice(0)) session.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function open(page = new FakePage()): DraftSession {
  const session = createDraftSession({
    draftId: DRAFT_ID,
    userId: ANA,
    baseUrl: 'https://drafts.example',
    credentials: developmentUser(ANA),
    environment: server.environment({ page }),
  });
  opened.push(session);
  session.start();
  return session;
}

async function live(): Promise<DraftSession> {
  const session = open();
  await pass(A_MOMENT);
  expect(session.state().status).toBe('ws');
  return session;
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

describe('the clock', () => {
  it.each([0, 1, 10 * SECOND, 10 * SECOND + 1, HOUR, 2 ** 31, 2 ** 31 + 5])(
    'calls after %i ms, and once',
    async (ms) => {
      const { clock } = resolveEnvironment();
      const called = vi.fn();
      clock.schedule(called, ms);
      await pass(Math.max(0, ms - 1));
      expect(called).toHaveBeenCalledTimes(ms === 0 ? 1 : 0);
      await pass(1);
      expect(called).toHaveBeenCalledTimes(1);
      await pass(30 * SECOND);
      expect(called).toHaveBeenCalledTimes(1);
    },
    60_000,
  );

  it('can be cancelled in the middle of a long wait', async () => {
    const { clock } = resolveEnvironment();
    const called = vi.fn();
    const cancel = clock.schedule(called, MINUTE);
    await pass(30 * SECOND);
    cancel();
    await pass(HOUR);
    expect(called).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls at the next short timer when the device has slept over the time', async () => {
    const { clock } = resolveEnvironment();
    const called = vi.fn();
    clock.schedule(called, HOUR);
    await pass(SECOND);
    const awake = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => awake() + HOUR);
    await pass(9 * SECOND);
    expect(called).toHaveBeenCalledOnce();
  });

  it.each([DAY, -DAY])('waits as long as ever when it is set by %i ms', async (jumpMs) => {
    const { clock } = resolveEnvironment();
    const called = vi.fn();
    clock.schedule(called, MINUTE);
    await pass(25 * SECOND);
    vi.setSystemTime(Date.now() + jumpMs);
    await pass(35 * SECOND - 1);
    expect(called).not.toHaveBeenCalled();
    await pass(1);
    expect(called).toHaveBeenCalledOnce();
  });
});

describe.each([
  ['forward', DAY],
  ['back', -DAY],
])('a clock that is set a day %s', (_name, jumpMs) => {
  it('neither delays nor multiplies pings, and typing is said on', async () => {
    const session = await live();
    session.announce('typing');
    await pass(MINUTE);
    vi.setSystemTime(Date.now() + jumpMs);
    session.announce('typing');
    await pass(5 * MINUTE);
    expect(server.sockets).toHaveLength(1);
    expect(server.socket.sent.filter(({ type }) => type === 'ping')).toHaveLength(12);
    expect(server.socket.sent.filter(({ state }) => state === 'typing')).toHaveLength(2);
  });

  it('leaves polls 3 s apart, and what is written gets through', async () => {
    server.socketsAreUp = server.holdsPolls = false;
    const session = open();
    await pass(10 * SECOND);
    vi.setSystemTime(Date.now() + jumpMs);
    const { length } = server.asksFor('/events');
    session.append('written');
    await pass(30 * SECOND);
    expect(server.asksFor('/events').length - length).toBeGreaterThanOrEqual(10);
    expect(server.asksFor('/events').length - length).toBeLessThanOrEqual(12);
    expect(server.draft.segments).toHaveLength(1);
  });

  it('leaves the waits between attempts as they are', async () => {
    const session = await live();
    server.restIsUp = server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    session.append('written');
    await pass(2 * MINUTE);
    vi.setSystemTime(Date.now() + jumpMs);
    const [asked, sockets] = [server.asked.length, server.sockets.length];
    await pass(MINUTE);
    // Polls, appends and sockets: each every 15 to 30 s.
    expect(server.asked.length - asked).toBeLessThanOrEqual(7);
    expect(server.sockets.length - sockets).toBeLessThanOrEqual(4);
    server.restIsUp = server.socketsAreUp = true;
    await pass(30 * SECOND);
    expect(session.state().status).toBe('ws');
    expect(server.draft.segments).toHaveLength(1);
  });
});

describe('a wait that the server asks for', () => {
  const given = ['0', '1', '-1', 'soon', '1.5', '86400', '2592000', '999999999', '99999999999999999999'];

  it.each(given)('Retry-After: %s to a reader: no flood, and another attempt within the minute', async (seconds) => {
    server.refusal = { status: 503, code: 'unavailable', headers: { 'Retry-After': seconds } };
    const session = open();
    await pass(6 * SECOND);
    expect(server.asked.length).toBeLessThanOrEqual(4);
    server.refusal = null;
    await pass(MINUTE);
    expect(session.state().status).toBe('ws');
  });

  it.each(given)('Retry-After: %s to an author: no flood, and another attempt within the minute', async (seconds) => {
    const session = await live();
    for (let count = 0; count < 50; count += 1) {
      server.faults.push({ status: 429, code: 'rate_limited', headers: { 'Retry-After': seconds } });
    }
    session.append('written');
    await pass(6 * SECOND);
    expect(server.asksFor('/segments').length).toBeLessThanOrEqual(7);
    server.faults.splice(0);
    await pass(MINUTE);
    expect(server.draft.segments).toHaveLength(1);
  });

  it.each([0, 1, 20_000, 2 ** 31, Number.MAX_SAFE_INTEGER])('draining for %i ms', async (reconnectMs) => {
    const session = await live();
    server.socket.deliver({ type: 'draining', reconnect_in_ms: reconnectMs });
    server.socket.closeFromServer(4000);
    await pass(450);
    expect(server.sockets).toHaveLength(1);
    await pass(MINUTE);
    expect(session.state().status).toBe('ws');
    expect(server.sockets).toHaveLength(2);
  });

  it.each([1, 1_000, 2 ** 31, Number.MAX_SAFE_INTEGER])('a ping every %i ms', async (intervalMs) => {
    server.pingIntervalMs = intervalMs;
    await live();
    await pass(2 * MINUTE);
    const pings = server.socket.sent.length;
    expect(pings).toBeGreaterThanOrEqual(1);
    expect(pings).toBeLessThanOrEqual(120);
  });
});

it.each([1_000, 5_000, 30_000])(
  'a silent socket is given up within 10 s of the first ping, at a ping every %i ms',
  async (intervalMs) => {
    server.pingIntervalMs = intervalMs;
    server.answersPings = false;
    await live();
    const silent = server.socket;
    await pass(intervalMs + 10 * SECOND);
    expect(silent.closedWith).not.toBeNull();
  },
);

describe('a device that has slept for an hour', () => {
  it('is live again soon, whether its clocks stood still or went on', async () => {
    for (const sleptMs of [0, HOUR]) {
      const page = new FakePage();
      server = new FakeServer();
      const session = open(page);
      await pass(A_MOMENT);
      page.hide();
      server.socket.isOpen = false;
      server.write('while asleep');
      server.answersPings = false;
      vi.setSystemTime(Date.now() + HOUR);
      const awake = performance.now.bind(performance);
      const spy = vi.spyOn(performance, 'now').mockImplementation(() => awake() + sleptMs);
      page.show();
      await pass(10 * SECOND + A_MOMENT);
      server.answersPings = true;
      await pass(2 * SECOND);
      expect(session.state().status).toBe('ws');
      expect(session.state().draft?.segments).toHaveLength(1);
      spy.mockRestore();
      session.stop();
    }
  });
});

describe('an answer that comes slowly', () => {
  /** The draft in so many parts, one every so often; then silence, if it is not whole. */
  function trickle(parts: number, everyMs: number, stopAfter = parts): typeof globalThis.fetch {
    return (_input, init) => {
      const text = JSON.stringify({ data: server.draft });
      const size = Math.ceil(text.length / parts);
      let sent = 0;
      return Promise.resolve(
        new Response(
          new ReadableStream({
            start(stream) {
              init?.signal?.addEventListener('abort', () => {
                stream.error(init.signal?.reason);
              });
            },
            async pull(stream) {
              if (sent === stopAfter) await new Promise(() => undefined);
              await new Promise((resolve) => setTimeout(resolve, everyMs));
              stream.enqueue(new TextEncoder().encode(text.slice(sent * size, (sent + 1) * size)));
              sent += 1;
              if (sent === parts) stream.close();
            },
          }),
        ),
      );
    };
  }

  function reading(fetch: typeof globalThis.fetch): DraftSession {
    const { fetch: quick = fetch } = server.environment();
    const session = createDraftSession({
      draftId: DRAFT_ID,
      userId: ANA,
      baseUrl: 'https://drafts.example',
      credentials: developmentUser(ANA),
      environment: server.environment({
        fetch: (input, init) => ((input as string).includes('last_segments') ? fetch(input, init) : quick(input, init)),
      }),
    });
    opened.push(session);
    session.start();
    return session;
  }

  it('is read to its end, however long that takes, while something comes', async () => {
    const session = reading(trickle(30, 9 * SECOND));
    await pass(4 * MINUTE);
    expect(session.state()).toMatchObject({ draft: null, status: 'polling' });
    await pass(MINUTE);
    expect(session.state()).toMatchObject({ draft: server.draft, status: 'ws' });
  });

  it('is given up 10 s after the last part', async () => {
    const session = reading(trickle(30, SECOND, 20));
    await pass(29 * SECOND);
    expect(session.state().status).toBe('polling');
    await pass(2 * SECOND);
    expect(session.state().status).toBe('offline');
  });
});
