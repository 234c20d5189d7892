import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../src/api.js';
import { developmentUser } from '../src/credentials.js';
import type { Environment } from '../src/environment.js';
import { createOutbox, type Outbox, type OutboxEntry, type OutboxOptions } from '../src/outbox.js';
import { ANA, BEN, DRAFT_ID, NOON, OTHER_DRAFT_ID, recipientOf } from './cast.js';
import { FakeServer, FakeStorage, LATENCY_MS, fakeLocks, json } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;
const FIRST_TURN = { ringTerm: 1, segmentCount: 0 };

let server: FakeServer;
let storage: FakeStorage;
let keys: number;
const opened: Outbox[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  server = new FakeServer();
  storage = new FakeStorage();
  keys = 0;
});

afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.stop();
  vi.useRealTimers();
});

/** The outbox of one tab of `userId`'s browser. */
function outboxOf(userId = ANA, part: Partial<OutboxOptions> = {}, replaced: Partial<Environment> = {}): Outbox {
  const environment = server.environment({
    storage: storage.tab(),
    randomId: () => {
      keys += 1;
      return `key-${String(keys)}`;
    },
    ...replaced,
  });
  const outbox = createOutbox({
    draftId: DRAFT_ID,
    userId,
    api: createApi({
      baseUrl: 'https://drafts.example',
      credentials: developmentUser(userId),
      fetch: environment.fetch ?? globalThis.fetch,
    }),
    ...part,
    environment,
  });
  opened.push(outbox);
  return outbox;
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

function brief(entries: readonly OutboxEntry[]): readonly string[] {
  return entries.map(
    (entry) => `${entry.kind === 'append' ? entry.content : `pass to ${recipientOf(entry)}`}: ${entry.state}`,
  );
}

function written(): readonly string[] {
  return server.draft.segments.map(({ content }) => content);
}

describe('what is written', () => {
  it('passes to the next holder, over a reload too', async () => {
    server.restIsUp = false;
    const before = outboxOf();
    before.start();
    before.passRing({ to: 'next' }, FIRST_TURN);
    await pass(A_MOMENT);
    before.stop();
    server.restIsUp = true;
    const after = outboxOf();
    after.start();
    expect(brief(after.state())).toEqual(['pass to next: sending']);
    await pass(A_MOMENT);
    expect(
      server
        .asksFor('/pass-ring')
        .map(({ body }) => body)
        .at(-1),
    ).toEqual({ to: 'next', ring_term: 1 });
  });

  it('is shown at once, sent, saved, and let go of once the draft shows it', async () => {
    const outbox = outboxOf();
    const seen: (readonly string[])[] = [];
    outbox.subscribe(() => seen.push(brief(outbox.state())));
    outbox.start();
    const entry = outbox.append('Once upon a time', FIRST_TURN);
    expect(entry).toMatchObject({ kind: 'append', state: 'waiting', ringTerm: 1, revision: null, problem: null });
    await pass(A_MOMENT);
    expect(outbox.state()).toMatchObject([{ key: entry.key, state: 'saved', revision: 2 }]);
    expect(vi.getTimerCount()).toBe(0);
    expect(storage.texts.size).toBe(0);
    outbox.settle(1);
    expect(outbox.state()).toHaveLength(1);
    outbox.settle(2);
    expect(outbox.state()).toEqual([]);
    expect(seen.flat()).toEqual(['Once upon a time: waiting', 'Once upon a time: sending', 'Once upon a time: saved']);
  });

  it('carries its key and the term of the ring that its author saw', async () => {
    const outbox = outboxOf();
    outbox.start();
    const { key } = outbox.append('one', FIRST_TURN);
    await pass(A_MOMENT);
    const [asked] = server.asked;
    expect(asked?.headers.get('Idempotency-Key')).toBe(key);
    expect(asked?.body).toEqual({ content: 'one', ring_term: 1 });
  });

  it('goes out in the order in which it was given, one at a time', async () => {
    const outbox = outboxOf();
    outbox.append('one', FIRST_TURN);
    outbox.append('two', FIRST_TURN);
    outbox.passRing(BEN, FIRST_TURN);
    outbox.start();
    await pass(LATENCY_MS - 1);
    expect(brief(outbox.state())).toEqual(['one: sending', 'two: waiting', 'pass to ben: waiting']);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
    expect(server.draft.ring_state.current_holder_id).toBe(BEN);
    expect(brief(outbox.state())).toEqual(['one: saved', 'two: saved', 'pass to ben: saved']);
  });

  it('is not forgotten when it comes just as the one before it is done', async () => {
    const outbox: Outbox = outboxOf(
      ANA,
      {
        onSaved: (entry) => {
          if (entry.kind === 'append' && entry.content === 'one') outbox.append('two', FIRST_TURN);
        },
      },
      { locks: fakeLocks() },
    );
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
  });

  it.each([
    ['the request was lost', 'lost request' as const],
    ['the answer was lost', 'lost answer' as const],
    ['the server was overloaded', { status: 503, code: 'unavailable' }],
    ['the draft was contended', { status: 409, code: 'contended' }],
    ['the token had ended', { status: 401, code: 'unauthenticated' }],
  ])('is sent again with the same key when %s, and lands once', async (_name, fault) => {
    server.faults.push(fault, fault);
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(A_MOMENT);
    expect(outbox.state()).toMatchObject([{ state: 'waiting', problem: { detail: expect.any(String) as string } }]);
    await pass(10 * SECOND);
    expect(written()).toEqual(['one']);
    expect(new Set(server.asked.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1);
    expect(server.asked).toHaveLength(3);
    expect(brief(outbox.state())).toEqual(['one: saved']);
  });

  it('is tried again 1, 2, 4 … 30 s apart with full jitter, as often as it takes', async () => {
    server.restIsUp = false;
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(120 * SECOND);
    const times = server.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0) - LATENCY_MS);
    expect(gaps.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    server.restIsUp = true;
    outbox.flush();
    await pass(A_MOMENT);
    expect(written()).toEqual(['one']);
  });

  it.each([0, 999_999_999])('is sent again within 1 s to 60 s when the server asks for %d s', async (seconds) => {
    server.faults.push({ status: 429, code: 'rate_limited', headers: { 'Retry-After': String(seconds) } });
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(900);
    expect(server.asked).toHaveLength(1);
    await pass(61 * SECOND);
    expect(written()).toEqual(['one']);
  });

  it('waits as long as the server asks for', async () => {
    server.faults.push({ status: 429, code: 'rate_limited', headers: { 'Retry-After': '20' } });
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(19 * SECOND);
    expect(written()).toEqual([]);
    await pass(2 * SECOND);
    expect(written()).toEqual(['one']);
  });

  it('is given up for this time after 30 s without an answer, and sent again', async () => {
    let calls = 0;
    const { fetch } = server.environment();
    const outbox = outboxOf(
      ANA,
      {},
      {
        fetch: (input, init) => {
          calls += 1;
          if (calls > 1) return (fetch ?? globalThis.fetch)(input, init);
          return new Promise((_resolve, reject) => {
            init?.signal?.addEventListener('abort', () => {
              reject(init.signal?.reason as Error);
            });
          });
        },
      },
    );
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(29 * SECOND);
    expect(calls).toBe(1);
    await pass(3 * SECOND);
    expect(written()).toEqual(['one']);
  });

  it('is refused, not dropped, when there is too much already', () => {
    const outbox = outboxOf(ANA, { capacity: 2 });
    outbox.append('one', FIRST_TURN);
    outbox.append('two', FIRST_TURN);
    expect(() => outbox.append('three', FIRST_TURN)).toThrow('outbox: 2 entries (expected: fewer than 2)');
    expect(brief(outbox.state())).toEqual(['one: waiting', 'two: waiting']);
  });
});

describe('what is refused', () => {
  it('goes back to its author when the ring has moved on, and stays until it is taken back', async () => {
    const onRejected = vi.fn();
    const outbox = outboxOf(ANA, { onRejected });
    server.pass(BEN);
    outbox.start();
    const { key } = outbox.append('too late', FIRST_TURN);
    await pass(120 * SECOND);
    expect(outbox.state()).toMatchObject([
      { key, state: 'rejected', content: 'too late', problem: { code: 'ring_moved', detail: 'refused: ring_moved' } },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(onRejected).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ key }),
      expect.objectContaining({ code: 'ring_moved', holder: BEN }),
    );
    expect(outbox.takeBack(key)).toMatchObject({ content: 'too late' });
    expect(outbox.state()).toEqual([]);
    expect(outbox.takeBack(key)).toBeNull();
    expect(storage.texts.size).toBe(0);
  });

  it('takes back with it what was written after it in the same turn, and nothing of a later turn', async () => {
    server.faults.push({ status: 400, code: 'validation_error' });
    server.draft.ring_state = { ...server.draft.ring_state, term: 3 };
    const outbox = outboxOf();
    outbox.append('old turn', FIRST_TURN);
    outbox.passRing(BEN, FIRST_TURN);
    outbox.append('new turn', { ringTerm: 3, segmentCount: 0 });
    outbox.start();
    await pass(A_MOMENT);
    expect(brief(outbox.state())).toEqual(['new turn: saved', 'old turn: rejected', 'pass to ben: rejected']);
    expect(written()).toEqual(['new turn']);
  });

  it('is not refused when an earlier sending had succeeded though the ring has moved since', async () => {
    server.faults.push('lost answer');
    const outbox = outboxOf();
    outbox.start();
    outbox.append('in time', FIRST_TURN);
    await pass(2 * LATENCY_MS);
    server.pass(BEN);
    await pass(2 * SECOND);
    expect(brief(outbox.state())).toEqual(['in time: saved']);
    expect(written()).toEqual(['in time']);
  });

  it('can not be taken back while it still may be saved', () => {
    const outbox = outboxOf();
    const { key } = outbox.append('one', FIRST_TURN);
    expect(outbox.takeBack(key)).toBeNull();
    expect(outbox.state()).toHaveLength(1);
  });
});

/** The server with an answer of its own to each request whose body holds `text`; and how often that came. */
function failingOn(text: string, answer: () => Response) {
  const { fetch = globalThis.fetch } = server.environment();
  const failing = { count: 0, isOver: false };
  const replaced: Partial<Environment> = {
    fetch: async (input, init) => {
      if (failing.isOver || typeof init?.body !== 'string' || !init.body.includes(text)) return fetch(input, init);
      failing.count += 1;
      await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
      return answer();
    },
  };
  return { failing, replaced };
}

const internalError = () => json(500, { code: 'internal_error', detail: 'invalid byte sequence' });
const page = (status: number) => () => new Response('<h1>No</h1>', { status, statusText: 'No' });

describe('an entry on which the server fails', () => {
  it('is set aside after 5 tries, and does not hold up the segments after it', async () => {
    const onRejected = vi.fn();
    const { failing, replaced } = failingOn('poison', internalError);
    const outbox = outboxOf(ANA, { onRejected }, replaced);
    outbox.start();
    const { key } = outbox.append('poison', FIRST_TURN);
    outbox.append('two', FIRST_TURN);
    outbox.append('three', FIRST_TURN);
    await pass(10 * SECOND);
    expect(brief(outbox.state())).toEqual(['poison: waiting', 'two: waiting', 'three: waiting']);
    await pass(10 * SECOND);

    expect(brief(outbox.state())).toEqual(['two: saved', 'three: saved', 'poison: rejected']);
    expect(outbox.state().at(-1)).toMatchObject({
      key,
      tries: 5,
      problem: { code: 'internal_error', detail: 'invalid byte sequence', mayRetry: true },
    });
    expect(onRejected).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ key }),
      expect.objectContaining({ code: 'internal_error' }),
    );
    const { count } = failing;
    await pass(600 * SECOND);
    expect(failing.count).toBe(count);
    expect(written()).toEqual(['two', 'three']);
  });

  it('keeps the ring with its author: a pass of the same turn is set aside with it', async () => {
    const { replaced } = failingOn('poison', internalError);
    server.draft.ring_state = { ...server.draft.ring_state, term: 3 };
    const outbox = outboxOf(ANA, {}, replaced);
    outbox.start();
    outbox.append('poison', { ringTerm: 3, segmentCount: 0 });
    const { key } = outbox.passRing(BEN, { ringTerm: 3 });
    await pass(60 * SECOND);
    expect(brief(outbox.state())).toEqual(['poison: rejected', 'pass to ben: rejected']);
    expect(outbox.state()[1]?.problem).toMatchObject({ code: 'segment_not_saved', mayRetry: true });
    expect(server.asksFor('/pass-ring')).toEqual([]);
    expect(server.draft.ring_state.current_holder_id).toBe(ANA);

    expect(outbox.retry(key)).toMatchObject({ key, problem: null });
    await pass(A_MOMENT);
    expect(server.draft.ring_state.current_holder_id).toBe(BEN);
    expect(brief(outbox.state())).toEqual(['pass to ben: saved', 'poison: rejected']);
  });

  it('that is a pass is set aside alone', async () => {
    const { replaced } = failingOn('to_user_id', internalError);
    const outbox = outboxOf(ANA, {}, replaced);
    outbox.start();
    outbox.passRing(BEN, FIRST_TURN);
    outbox.append('still here', FIRST_TURN);
    await pass(60 * SECOND);
    expect(brief(outbox.state())).toEqual(['still here: saved', 'pass to ben: rejected']);
  });

  it('can be sent again with the same key, and then has 5 tries anew', async () => {
    const { failing, replaced } = failingOn('poison', internalError);
    const outbox = outboxOf(ANA, {}, replaced);
    outbox.start();
    const { key } = outbox.append('poison', FIRST_TURN);
    await pass(60 * SECOND);
    outbox.retry(key);
    await pass(2 * SECOND);
    expect(brief(outbox.state())).toEqual(['poison: waiting']);
    await pass(60 * SECOND);
    expect(outbox.state()).toMatchObject([{ key, state: 'rejected', tries: 5 }]);
    failing.isOver = true;
    outbox.retry(key);
    await pass(A_MOMENT);
    expect(written()).toEqual(['poison']);
    expect(server.asked[0]?.headers.get('Idempotency-Key')).toBe(key);
    expect(outbox.retry(key)).toBeNull();
  });

  it('can be taken back; what was refused for good can not be sent again', async () => {
    const { replaced } = failingOn('poison', internalError);
    const outbox = outboxOf(ANA, {}, replaced);
    outbox.start();
    const { key } = outbox.append('poison', FIRST_TURN);
    await pass(60 * SECOND);
    expect(outbox.takeBack(key)).toMatchObject({ content: 'poison' });
    expect(outbox.state()).toEqual([]);
    server.pass(BEN);
    const late = outbox.append('too late', FIRST_TURN);
    await pass(A_MOMENT);
    expect(outbox.state()).toMatchObject([{ state: 'rejected', problem: { mayRetry: false } }]);
    expect(outbox.retry(late.key)).toBeNull();
  });

  it('keeps the number of tries over reloads', async () => {
    const { failing, replaced } = failingOn('poison', internalError);
    for (let reload = 0; reload < 4; reload += 1) {
      const before = outboxOf(ANA, {}, replaced);
      if (reload === 0) before.append('poison', FIRST_TURN);
      before.start();
      await pass(A_MOMENT);
      before.stop();
      await pass(2 * SECOND);
    }
    const after = outboxOf(ANA, {}, replaced);
    after.append('two', FIRST_TURN);
    after.start();
    expect(after.state()[0]).toMatchObject({ state: 'sending', tries: 4 });
    await pass(A_MOMENT);
    expect(brief(after.state())).toEqual(['two: saved', 'poison: rejected']);
    expect(failing.count).toBe(5);
    after.stop();
    const last = outboxOf(ANA, {}, replaced);
    last.start();
    await pass(A_MOMENT);
    expect(brief(last.state())).toEqual(['poison: rejected']);
  });

  it('is set aside by a reload in the midst of the last try, too', async () => {
    const { failing, replaced } = failingOn('poison', internalError);
    const before = outboxOf(ANA, {}, replaced);
    before.append('poison', FIRST_TURN);
    before.start();
    for (let second = 0; second < 30 && before.state()[0]?.tries !== 4; second += 1) await pass(SECOND);
    while (before.state()[0]?.state !== 'sending') await pass(1);
    before.stop();
    const after = outboxOf(ANA, {}, replaced);
    after.start();
    await pass(60 * SECOND);
    expect(brief(after.state())).toEqual(['poison: rejected']);
    expect(failing.count).toBeLessThanOrEqual(8);
  });

  it('has its tries counted once for all tabs of a browser, and not faster because of them', async () => {
    const { failing, replaced } = failingOn('poison', internalError);
    const tabs = [1, 2, 3, 4, 5, 6].map(() => outboxOf(ANA, {}, replaced));
    tabs.forEach((tab) => {
      tab.start();
    });
    tabs[0]?.append('poison', FIRST_TURN);
    await pass(3 * SECOND);
    expect(tabs.map((tab) => brief(tab.state()))).toEqual(tabs.map(() => ['poison: waiting']));
    await pass(60 * SECOND);
    expect(tabs.map((tab) => brief(tab.state()))).toEqual(tabs.map(() => ['poison: rejected']));
    expect(failing.count).toBeLessThan(100);
  });

  it.each([
    ['an internal error', internalError],
    ['an unreadable 500', page(500)],
    ['a page of a firewall', page(403)],
    ['a page that says too large', page(413)],
    ['a page that says not found', page(404)],
    ['not implemented', page(501)],
  ])('is set aside after %s', async (_name, answer) => {
    const outbox = outboxOf(ANA, {}, failingOn('poison', answer).replaced);
    outbox.start();
    outbox.append('poison', FIRST_TURN);
    outbox.append('two', FIRST_TURN);
    await pass(60 * SECOND);
    expect(brief(outbox.state())).toEqual(['two: saved', 'poison: rejected']);
  });

  it.each([
    ['there is no answer', () => Response.error()],
    ['the server says wait', () => json(503, { code: 'unavailable' })],
    ['the server drains', () => json(503, { code: 'draining' })],
    ['there are too many requests', () => json(429, { code: 'rate_limited' })],
    ['the draft is contended', () => json(409, { code: 'contended' })],
    ['the sign-in has ended', () => json(401, { code: 'unauthenticated' })],
    ['a proxy wants a sign-in', page(407)],
    ['the request took too long', page(408)],
    ['a gateway has no server', page(502)],
    ['a gateway waits in vain', page(504)],
    ['a gateway far away has no server', page(522)],
    ['a hotel wants a sign-in', page(200)],
  ])('waits, as before, when %s', async (_name, answer) => {
    const { failing, replaced } = failingOn('one', answer);
    const outbox = outboxOf(ANA, {}, replaced);
    outbox.start();
    outbox.append('one', FIRST_TURN);
    outbox.append('two', FIRST_TURN);
    await pass(600 * SECOND);
    expect(brief(outbox.state())).toEqual(['one: waiting', 'two: waiting']);
    expect(failing.count).toBeGreaterThan(10);
    failing.isOver = true;
    outbox.flush();
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
  });
});

describe('a reload', () => {
  it('loses nothing: what waited is sent, with the same key', async () => {
    server.restIsUp = false;
    const before = outboxOf();
    before.start();
    const { key } = before.append('one', FIRST_TURN);
    before.append('two', FIRST_TURN);
    await pass(SECOND);
    before.stop();
    server.restIsUp = true;
    const after = outboxOf();
    expect(after.state()).toEqual([]);
    after.start();
    expect(after.state().map((entry) => entry.key)[0]).toBe(key);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
  });

  it('in mid-sending lands once', async () => {
    const before = outboxOf();
    before.start();
    before.append('one', FIRST_TURN);
    await pass(LATENCY_MS - 1);
    before.stop();
    const after = outboxOf();
    after.start();
    await pass(10 * SECOND);
    expect(written()).toEqual(['one']);
    expect(brief(after.state())).toEqual(['one: saved']);
  });

  it('keeps what was rejected', async () => {
    const before = outboxOf();
    server.pass(BEN);
    before.start();
    const { key } = before.append('too late', FIRST_TURN);
    await pass(A_MOMENT);
    before.stop();
    const after = outboxOf();
    after.start();
    await pass(A_MOMENT);
    expect(after.state()).toMatchObject([{ key, state: 'rejected', problem: { code: 'ring_moved' } }]);
    expect(server.asked).toHaveLength(1);
    expect(after.takeBack(key)).toMatchObject({ content: 'too late' });
  });

  it('keeps the order, even when the clock of the device went back', async () => {
    server.restIsUp = false;
    const before = outboxOf();
    before.start();
    before.append('one', FIRST_TURN);
    before.stop();
    vi.setSystemTime(new Date(Date.parse(NOON) - 3_600_000));
    server.restIsUp = true;
    const after = outboxOf();
    after.append('two', FIRST_TURN);
    after.start();
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
  });

  it('shows nobody the writing of another person, or of another draft', () => {
    outboxOf(ANA).append('of ana', FIRST_TURN);
    const ben = outboxOf(BEN);
    ben.start();
    expect(ben.state()).toEqual([]);
    const other = outboxOf(ANA, { draftId: OTHER_DRAFT_ID });
    other.start();
    expect(other.state()).toEqual([]);
    const shorter = outboxOf('an');
    shorter.start();
    expect(shorter.state()).toEqual([]);
  });

  it('leaves alone what it did not write', () => {
    const outbox = outboxOf();
    outbox.append('mine', FIRST_TURN);
    const [name] = [...storage.texts.keys()];
    const prefix = (name ?? '').replace(/key-1$/, '');
    storage.texts.set(`${prefix}broken`, '{"kind":');
    storage.texts.set(`${prefix}strange`, '{"kind":"poem"}');
    outbox.start();
    expect(brief(outbox.state())).toEqual(['mine: sending']);
    expect(storage.texts.get(`${prefix}strange`)).toBe('{"kind":"poem"}');
  });
});

describe('a storage', () => {
  it('that is full or forbidden makes no difference while the page is there', async () => {
    storage.isFull = true;
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one']);
    expect(brief(outbox.state())).toEqual(['one: saved']);
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const denied = outboxOf(
      ANA,
      {},
      {
        storage: {
          names: forbidden,
          read: forbidden,
          write: forbidden,
          remove: forbidden,
          onChange: () => () => undefined,
        },
      },
    );
    denied.start();
    denied.append('two', FIRST_TURN);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one', 'two']);
  });

  it('that is not there makes no difference either', async () => {
    const outbox = outboxOf(ANA, {}, { storage: null });
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(A_MOMENT);
    expect(written()).toEqual(['one']);
  });

  it('that fills up while text is rejected does not lose the text', async () => {
    const outbox = outboxOf();
    server.pass(BEN);
    const { key } = outbox.append('too late', FIRST_TURN);
    storage.isFull = true;
    outbox.start();
    await pass(60 * SECOND);
    expect(server.asked).toHaveLength(1);
    expect(outbox.takeBack(key)).toMatchObject({ content: 'too late', problem: { code: 'ring_moved' } });
  });
});

describe('two tabs of one person', () => {
  it('see what the other has written, and send it once', async () => {
    const locks = fakeLocks();
    const one = outboxOf(ANA, {}, { locks });
    const two = outboxOf(ANA, {}, { locks });
    one.start();
    two.start();
    one.append('from one', FIRST_TURN);
    expect(brief(two.state())).toEqual(['from one: waiting']);
    two.append('from two', FIRST_TURN);
    await pass(A_MOMENT);
    expect(written()).toEqual(['from one', 'from two']);
    expect(server.asked).toHaveLength(2);
  });

  it('may send the same twice where there are no locks; it lands once', async () => {
    const one = outboxOf();
    const two = outboxOf();
    one.start();
    two.start();
    one.append('from one', FIRST_TURN);
    await pass(A_MOMENT);
    expect(server.asked.length).toBeGreaterThan(1);
    expect(written()).toEqual(['from one']);
    expect(storage.texts.size).toBe(0);
  });

  it('go on for each other: what a closed tab left is sent by the one that is open', async () => {
    const locks = fakeLocks();
    server.restIsUp = false;
    const closing = outboxOf(ANA, {}, { locks });
    const staying = outboxOf(ANA, {}, { locks });
    closing.start();
    staying.start();
    closing.append('from the closed tab', FIRST_TURN);
    await pass(SECOND);
    closing.stop();
    server.restIsUp = true;
    await pass(40 * SECOND);
    expect(written()).toEqual(['from the closed tab']);
  });

  it('both show what was rejected, and one of them gets it', async () => {
    const locks = fakeLocks();
    const one = outboxOf(ANA, {}, { locks });
    const two = outboxOf(ANA, {}, { locks });
    one.start();
    two.start();
    server.pass(BEN);
    const { key } = one.append('too late', FIRST_TURN);
    await pass(A_MOMENT);
    expect(brief(two.state())).toEqual(['too late: rejected']);
    expect(two.takeBack(key)).not.toBeNull();
    expect(one.takeBack(key)).toBeNull();
    expect(one.state()).toEqual([]);
  });

  it('go on when a lock can not be had', async () => {
    let refusals = 1;
    const locks: NonNullable<Environment['locks']> = {
      exclusively: (_name, work) => {
        refusals -= 1;
        return refusals >= 0 ? Promise.reject(new DOMException('the page is going', 'InvalidStateError')) : work();
      },
    };
    const outbox = outboxOf(ANA, {}, { locks });
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(2 * SECOND);
    expect(written()).toEqual(['one']);
  });
});

describe('after stop', () => {
  it('nothing is sent, and nothing is left behind', async () => {
    server.restIsUp = false;
    const outbox = outboxOf();
    outbox.start();
    outbox.append('one', FIRST_TURN);
    await pass(SECOND);
    outbox.stop();
    const { length } = server.asked;
    await pass(120 * SECOND);
    outbox.flush();
    await pass(A_MOMENT);
    expect(server.asked).toHaveLength(length);
    expect(vi.getTimerCount()).toBe(0);
    expect(brief(outbox.state())).toEqual(['one: waiting']);
  });
});
