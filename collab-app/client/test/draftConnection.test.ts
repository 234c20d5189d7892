import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiProblem } from '../src/apiProblem.js';
import { bearer, developmentUser } from '../src/credentials.js';
import type { Draft, PresentUser } from '../src/draft.js';
import {
  createDraftConnection,
  type ConnectionState,
  type DraftConnection,
  type DraftConnectionOptions,
} from '../src/draftConnection.js';
import type { DraftEvent } from '../src/frames.js';
import { ANA, BEN, CLEO, DRAFT_ID, NOON, segmentAdded } from './cast.js';
import { FakePage, FakeServer, LATENCY_MS } from './fakeServer.js';

/**
 * Long enough for a question, its answer and what follows from it; shorter than every wait of the transport fallback.
 */
const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;

interface Viewer {
  readonly connection: DraftConnection;
  readonly page: FakePage;
  readonly events: DraftEvent[];
  readonly snapshots: Draft[];
  readonly problems: ApiProblem[];
  readonly presence: (readonly PresentUser[])[];
  readonly states: ConnectionState[];
}

const started: DraftConnection[] = [];

function viewerOf(server: FakeServer, part: Partial<DraftConnectionOptions> = {}): Viewer {
  const page = new FakePage();
  const viewer = { page, events: [], snapshots: [], problems: [], presence: [], states: [] } as Omit<
    Viewer,
    'connection'
  >;
  const connection = createDraftConnection({
    draftId: DRAFT_ID,
    baseUrl: 'https://drafts.example',
    credentials: developmentUser(ANA),
    from: 'snapshot',
    onEvent: (event) => viewer.events.push(event),
    onSnapshot: (draft) => viewer.snapshots.push(draft),
    onPresence: (users) => viewer.presence.push(users),
    onError: (problem) => viewer.problems.push(problem),
    ...part,
    environment: server.environment({ page, ...part.environment }),
  });
  connection.subscribe(() => viewer.states.push(connection.state()));
  started.push(connection);
  return { ...viewer, connection };
}

async function live(server: FakeServer, part: Partial<DraftConnectionOptions> = {}): Promise<Viewer> {
  const viewer = viewerOf(server, part);
  viewer.connection.start();
  await pass(A_MOMENT);
  expect(viewer.connection.state().status).toBe('ws');
  return viewer;
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

function revisionsOf(viewer: Viewer): readonly number[] {
  return viewer.events.map((event) => event.revision);
}

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  server = new FakeServer();
});

afterEach(() => {
  for (const connection of started.splice(0)) connection.stop();
  vi.useRealTimers();
});

describe('the socket transport', () => {
  it('fetches the draft, then goes on from its revision over a socket', async () => {
    server.write('one');
    const viewer = await live(server);
    expect(viewer.snapshots.map((draft) => draft.revision)).toEqual([2]);
    expect(server.socket.url.href).toBe(`wss://drafts.example/v1/ws/drafts/${DRAFT_ID}?after=2&epoch=e1`);
    server.write('two');
    expect(revisionsOf(viewer)).toEqual([3]);
    expect(viewer.connection.state()).toEqual({
      status: 'ws',
      wsConnecting: false,
      lastEventTs: server.events.at(-1)?.ts,
      problem: null,
      hasGivenUp: false,
    });
  });

  it('says that it is connecting while it is, and is not offline meanwhile', async () => {
    const viewer = await live(server);
    expect(viewer.states.map(({ status, wsConnecting }) => `${status} ${String(wsConnecting)}`)).toEqual([
      'polling false',
      'polling true',
      'polling false',
      'ws false',
    ]);
  });

  it('may begin with what happens from now on, without a question to REST', async () => {
    server.write('before');
    const viewer = await live(server, { from: 'now' });
    expect(server.asked).toEqual([]);
    expect(server.socket.url.searchParams.has('after')).toBe(false);
    server.write('after');
    expect(revisionsOf(viewer)).toEqual([3]);
  });

  it('may begin after a position, and gets what came after it', async () => {
    server.write('one');
    server.write('two');
    const viewer = await live(server, { from: { revision: 2, epoch: 'e1' } });
    expect(revisionsOf(viewer)).toEqual([3]);
    expect(server.asked).toEqual([]);
  });

  it('reports presence: the state, then the differences, and nobody once the socket is gone', async () => {
    const ana = { user_id: ANA, connections: 1, since: NOON, state: 'viewing' } as const;
    const ben = { user_id: BEN, connections: 1, since: NOON, state: 'viewing' } as const;
    const cleo = { user_id: CLEO, connections: 2, since: NOON, state: 'viewing' } as const;
    server.presence = [ana, ben];
    const viewer = await live(server);
    server.socket.deliver({ type: 'presence_diff', joined: [cleo, { ...ana, state: 'typing' }], left: [BEN] });
    server.socket.closeFromServer(4001);
    expect(viewer.presence).toEqual([[ana, ben], [{ ...ana, state: 'typing' }, cleo], []]);
  });

  it('sends that its user is typing: at once, every three seconds while it goes on, and when it ends', async () => {
    const { connection } = await live(server);
    connection.announce('viewing');
    for (let keystroke = 0; keystroke < 40; keystroke += 1) {
      connection.announce('typing');
      await pass(100);
    }
    connection.announce('viewing');
    connection.announce('viewing');
    expect(server.socket.sent.map(({ type, state }) => [type, state])).toEqual([
      ['presence', 'typing'],
      ['presence', 'typing'],
      ['presence', 'viewing'],
    ]);
  });

  it('does not flood the room when typing begins and ends again and again', async () => {
    const { connection } = await live(server);
    for (let keystroke = 0; keystroke < 20; keystroke += 1) connection.announce(keystroke % 2 ? 'viewing' : 'typing');
    expect(server.socket.sent.map(({ state }) => state)).toEqual(['typing', 'viewing']);
    await pass(1_000);
    connection.announce('typing');
    expect(server.socket.sent.map(({ state }) => state)).toEqual(['typing', 'viewing', 'typing']);
  });

  it('ignores what is no frame, and counts events that it does not know', async () => {
    const viewer = await live(server);
    server.socket.deliverText('{');
    server.socket.deliverText('[]');
    server.socket.deliverText('{"type":"collab.segment_added","revision":"two"}');
    server.socket.deliverText('{"type":"weather","sunny":true}');
    server.socket.deliverText(
      JSON.stringify({ ...segmentAdded(2, 0), type: 'collab.something_new', data: { anything: 1 } }),
    );
    server.socket.deliver(segmentAdded(3, 0));
    expect(viewer.events.map((event) => event.type)).toEqual(['unknown', 'collab.segment_added']);
    expect(viewer.problems).toEqual([]);
  });

  it('passes on what the server complains about, and stays', async () => {
    const viewer = await live(server);
    server.socket.deliver({ type: 'error', code: 'unknown_message', detail: 'type: subscribe' });
    expect(viewer.problems.map((problem) => problem.code)).toEqual(['unknown_message']);
    expect(viewer.connection.state()).toMatchObject({ status: 'ws', problem: null });
  });

  it('is not stopped by a listener that throws', async () => {
    const uncaught = vi.fn();
    const reported = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((report) => {
      try {
        report();
      } catch (error) {
        uncaught(error);
      }
    });
    const fault = new Error('in the page');
    const seen: number[] = [];
    await live(server, {
      onEvent: (event) => {
        seen.push(event.revision);
        throw fault;
      },
    });
    server.write('one');
    server.write('two');
    reported.mockRestore();
    expect(seen).toEqual([2, 3]);
    expect(uncaught.mock.calls).toEqual([[fault], [fault]]);
  });
});

describe('what is missing', () => {
  it('is asked for when an event leaves a gap, and delivered once and in order', async () => {
    const viewer = await live(server);
    server.socket.isOpen = false;
    server.write('one');
    server.write('two');
    const [socket] = server.sockets;
    if (socket === undefined) throw new Error('no socket');
    socket.isOpen = true;
    server.write('three');
    server.write('four');
    expect(revisionsOf(viewer)).toEqual([]);
    await pass(A_MOMENT);
    expect(server.asksFor('/events')).toHaveLength(1);
    expect(revisionsOf(viewer)).toEqual([2, 3, 4, 5]);
    expect(viewer.connection.state().status).toBe('ws');
    expect(viewer.snapshots).toHaveLength(1);
  });

  it('is delivered once though it comes twice, over both ways', async () => {
    const viewer = await live(server);
    server.write('one');
    server.socket.deliver(segmentAdded(2, 0));
    viewer.connection.resume();
    await pass(A_MOMENT);
    server.write('two');
    expect(revisionsOf(viewer)).toEqual([2, 3]);
  });

  it('is fetched whole when the server says so, and what came meanwhile is not lost', async () => {
    const viewer = await live(server);
    server.restore('e2', 40);
    server.socket.closeFromServer(1006);
    await pass(SECOND);
    // Between the refusal of the position and the answer of REST, another event.
    expect(viewer.snapshots.at(-1)).toMatchObject({ revision: 40, epoch: 'e2' });
    server.write('after the restore');
    await pass(A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([41]);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('is caught up with when an event of the new epoch overtakes the draft that was fetched for it', async () => {
    const viewer = await live(server);
    server.restore('e2', 40);
    server.restIsUp = false;
    server.socket.closeFromServer(4001);
    await pass(A_MOMENT);
    server.restIsUp = true;
    viewer.page.notify('online');
    await pass(LATENCY_MS + 1);
    server.write('overtaking');
    await pass(A_MOMENT);
    server.write('next');
    expect(viewer.snapshots.at(-1)?.epoch).toBe('e2');
    const last = viewer.events.at(-1)?.revision;
    expect(last).toBe(42);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('is polled for at once when the browser says that the network is gone, and live again after it', async () => {
    const viewer = await live(server);
    viewer.page.notify('offline');
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('polling');
    server.write('while away');
    viewer.page.notify('online');
    await pass(A_MOMENT);
    expect(viewer.events.at(-1)).toMatchObject({ type: 'collab.segment_added' });
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('is fetched whole when it is more than two pages of events', async () => {
    const viewer = await live(server);
    server.socketsAreUp = false;
    server.restIsUp = false;
    server.socket.closeFromServer(1006);
    for (let count = 0; count < 1_200; count += 1) server.write('x');
    server.restIsUp = true;
    await pass(4 * SECOND);
    expect(viewer.connection.state().status).toBe('polling');
    expect(viewer.snapshots.at(-1)?.revision).toBe(1_201);
    server.write('y');
    await pass(4 * SECOND);
    expect(viewer.events.at(-1)?.revision).toBe(1_202);
  });

  it('is noticed by two pongs in a row that are ahead; the socket is opened anew', async () => {
    const viewer = await live(server);
    server.draft.revision = 2;
    server.events.push(segmentAdded(2, 0));
    await pass(30 * SECOND + A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([]);
    await pass(30 * SECOND + A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([2]);
    await pass(2 * SECOND);
    expect(server.sockets).toHaveLength(2);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('is fetched whole at the word of the server, even when nothing else looks amiss', async () => {
    const viewer = await live(server);
    server.socket.deliver({ type: 'snapshot_required' });
    await pass(A_MOMENT);
    expect(viewer.snapshots).toHaveLength(2);
    expect(server.sockets).toHaveLength(1);
  });

  it('is not made up for by a draft that is older than what is known', async () => {
    const stale = JSON.stringify({ data: server.draft });
    const { fetch = globalThis.fetch } = server.environment();
    let answersStale = false;
    const viewer = await live(server, {
      environment: {
        fetch: (input, init) => (answersStale ? Promise.resolve(new Response(stale)) : fetch(input, init)),
      },
    });
    server.write('one');
    answersStale = true;
    viewer.connection.resume('snapshot');
    await pass(A_MOMENT);
    server.write('two');
    expect(viewer.snapshots).toHaveLength(1);
    expect(revisionsOf(viewer)).toEqual([2, 3]);
  });

  it('can be asked for by the caller: the draft whole', async () => {
    const viewer = await live(server);
    viewer.connection.resume('snapshot');
    await pass(A_MOMENT);
    expect(viewer.snapshots).toHaveLength(2);
  });

  it('gives the socket up when REST does not answer, and resumes by the next one', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.draft.revision = 2;
    server.events.push(segmentAdded(2, 0));
    server.write('leaves a gap');
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('offline');
    await pass(2 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    expect(revisionsOf(viewer)).toEqual([2, 3]);
  });
});

describe('the polling transport', () => {
  it('asks at once when the socket closes, then stays up to date while the socket is tried again', async () => {
    const viewer = await live(server);
    server.socketsAreUp = false;
    server.write('seen live');
    server.socket.closeFromServer(1006);
    server.write('missed');
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('polling');
    expect(revisionsOf(viewer)).toEqual([2, 3]);
    await pass(3 * SECOND);
    server.write('while polling');
    await pass(A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([2, 3, 4]);
    server.socketsAreUp = true;
    await pass(30 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    server.write('live again');
    expect(revisionsOf(viewer)).toEqual([2, 3, 4, 5]);
  });

  it('asks every 3 s where the server does not hold the question', async () => {
    server.socketsAreUp = false;
    server.holdsPolls = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(31 * SECOND);
    const times = server.asksFor('/events').map(({ at }) => at);
    expect(times.length).toBe(10);
    times.slice(1).forEach((at, index) => {
      expect(at - (times[index] ?? 0)).toBe(3 * SECOND);
    });
  });

  it('asks with a wait where the server holds it, and again at once when that brought something', async () => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(4 * SECOND);
    expect(server.asksFor('/events').map(({ query }) => query.get('wait'))).toEqual(['25']);
    server.write('one');
    await pass(A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([2]);
    server.write('two');
    await pass(A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([2, 3]);
    await pass(60 * SECOND);
    expect(server.asksFor('/events').length).toBeLessThan(7);
    expect(viewer.connection.state().status).toBe('polling');
  });

  it('asks short, without being offline, where long questions break', async () => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    const { fetch = globalThis.fetch } = server.environment();
    let broken = 0;
    const cutOff = () => {
      broken += 1;
      return Promise.reject(new TypeError('cut off'));
    };
    const breaking = viewerOf(server, {
      environment: {
        fetch: (input, init) => ((input as string).includes('wait=') ? cutOff() : fetch(input, init)),
      },
    });
    viewer.connection.stop();
    breaking.connection.start();
    await pass(20 * SECOND);
    server.write('one');
    await pass(4 * SECOND);
    expect(revisionsOf(breaking)).toEqual([2]);
    expect(broken).toBe(1);
    expect(breaking.states.map(({ status }) => status)).not.toContain('offline');
  });

  it('does not ask again at once when a long question is refused for being one too many', async () => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(4 * SECOND);
    server.refusal = { status: 429, code: 'rate_limited', headers: { 'Retry-After': '20' } };
    server.write('ends the wait');
    await pass(A_MOMENT);
    expect(server.asksFor('/events')).toHaveLength(2);
    await pass(19 * SECOND);
    expect(server.asksFor('/events')).toHaveLength(2);
    await pass(2 * SECOND);
    expect(server.asksFor('/events')).toHaveLength(3);
  });

  it('leaves nothing held or scheduled once the socket is back', async () => {
    const viewer = await live(server);
    server.socket.closeFromServer(1006);
    await pass(2 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    const questions = server.asked.length;
    await pass(25 * SECOND);
    expect(server.asked.length).toBe(questions);
  });

  it('serves a viewer who began with what happens from now on', async () => {
    server.socketsAreUp = false;
    server.write('before');
    const viewer = viewerOf(server, { from: 'now' });
    viewer.connection.start();
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('polling');
    server.write('after');
    await pass(4 * SECOND);
    expect(revisionsOf(viewer)).toEqual([3]);
  });
});

describe('offline', () => {
  it('is when neither works; both are tried, and the first to work brings it back', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    await pass(A_MOMENT);
    expect(viewer.connection.state()).toMatchObject({
      status: 'offline',
      problem: { code: 'network' },
      hasGivenUp: false,
    });
    await pass(60 * SECOND);
    server.write('meanwhile');
    server.restIsUp = true;
    await pass(30 * SECOND);
    expect(viewer.connection.state().status).toBe('polling');
    expect(revisionsOf(viewer)).toEqual([2]);
    server.socketsAreUp = true;
    await pass(30 * SECOND);
    expect(viewer.connection.state()).toMatchObject({ status: 'ws', problem: null });
    expect(viewer.problems.map(({ code }) => code)).toEqual(['network']);
  });

  it('without a network of the device is a problem of its own', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.socketsAreUp = false;
    viewer.page.isOnNetwork = false;
    viewer.page.notify('offline');
    await pass(60 * SECOND);
    expect(viewer.connection.state()).toMatchObject({ status: 'offline', problem: { code: 'offline' } });
    viewer.page.isOnNetwork = true;
    viewer.page.notify('online');
    await pass(A_MOMENT);
    expect(viewer.connection.state().problem).toMatchObject({ code: 'network' });
    server.restIsUp = true;
    await pass(30 * SECOND);
    expect(viewer.connection.state()).toMatchObject({ status: 'polling', problem: null });
    expect(viewer.problems.map(({ code }) => code)).toEqual(['offline', 'network']);
  });

  it('comes back by the socket alone, too', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    await pass(A_MOMENT);
    server.socketsAreUp = true;
    server.write('meanwhile');
    await pass(10 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    expect(revisionsOf(viewer)).toEqual([2]);
  });

  it('asks more and more slowly, down to once in 30 s', async () => {
    server.restIsUp = false;
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(200 * SECOND);
    const times = server.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0) - LATENCY_MS);
    // random() is 0.5, which takes an eighth off: 3, 6, 12, 24, 30, 30 … s
    expect(gaps.slice(0, 6)).toEqual([2_625, 5_250, 10_500, 21_000, 26_250, 26_250]);
  });

  it('waits as long as the server asks for', async () => {
    server.refusal = { status: 503, code: 'unavailable', headers: { 'Retry-After': '20' } };
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(19 * SECOND);
    expect(server.asked).toHaveLength(1);
    expect(viewer.connection.state().status).toBe('offline');
    server.refusal = null;
    await pass(2 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('is when REST never answers: the question is given up after 10 s', async () => {
    const viewer = viewerOf(server, {
      environment: {
        fetch: (_input, init) =>
          new Promise((_resolve, reject) => {
            init?.signal?.addEventListener('abort', () => {
              reject(init.signal?.reason as Error);
            });
          }),
      },
    });
    viewer.connection.start();
    await pass(9 * SECOND);
    expect(viewer.connection.state().status).toBe('polling');
    await pass(2 * SECOND);
    expect(viewer.connection.state().status).toBe('offline');
  });
});

describe('the socket is tried again', () => {
  it.each([
    ['nearly 1, 2, 4 … 30 s apart at the most', 0.999, [999, 1_998, 3_996, 7_992, 15_984, 29_970, 29_970]],
    ['half of that in the middle', 0.5, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]],
  ])('%s', async (_name, random, waits) => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server, { from: 'now', environment: { random: () => random } });
    viewer.connection.start();
    await pass(150 * SECOND);
    const times = server.sockets.map(({ openedAt }) => openedAt);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0) - LATENCY_MS);
    expect(gaps.slice(0, waits.length)).toEqual(waits.map((wait) => Math.trunc(wait)));
  });

  it('ever more slowly when each one closes at once, and quickly again after a steady one', async () => {
    const viewer = await live(server, { environment: { random: () => 0.999 } });
    for (let count = 0; count < 4; count += 1) {
      server.openSockets.forEach((socket) => {
        socket.closeFromServer(4001);
      });
      await pass(9 * SECOND);
    }
    expect(viewer.connection.state().status).toBe('ws');
    server.socket.closeFromServer(4001);
    await pass(9 * SECOND);
    expect(viewer.connection.state().status).toBe('polling');
    await pass(9 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    await pass(11 * SECOND);
    server.socket.closeFromServer(4001);
    await pass(SECOND + A_MOMENT);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('only while the page is visible', async () => {
    const viewer = await live(server);
    viewer.page.hide();
    server.socket.closeFromServer(1006);
    await pass(120 * SECOND);
    expect(server.sockets).toHaveLength(1);
    expect(viewer.connection.state().status).toBe('polling');
    server.write('while hidden');
    await pass(A_MOMENT);
    expect(revisionsOf(viewer)).toEqual([2]);
    viewer.page.show();
    await pass(A_MOMENT);
    expect(server.sockets).toHaveLength(2);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('when it does not open within 10 s', async () => {
    const stuck = viewerOf(server, {
      from: 'now',
      environment: {
        openWebSocket: () => ({
          onopen: null,
          onmessage: null,
          onclose: null,
          onerror: null,
          send: () => undefined,
          close: () => undefined,
        }),
      },
    });
    stuck.connection.start();
    await pass(10 * SECOND - 1);
    expect(stuck.connection.state()).toMatchObject({ status: 'polling', wsConnecting: true });
    expect(server.asked).toHaveLength(0);
    await pass(A_MOMENT);
    expect(stuck.connection.state().wsConnecting).toBe(false);
    expect(server.asked.length).toBeGreaterThan(0);
  });
});

describe('close codes', () => {
  it.each([1000, 1001, 1003, 1005, 1006, 1007, 1009, 1011, 1012, 4000, 4001, 4002, 4003, 4004, 4499])(
    '%i comes back, and misses nothing',
    async (code) => {
      const viewer = await live(server);
      server.socket.closeFromServer(code);
      expect(viewer.connection.state().status).toBe('polling');
      server.write('meanwhile');
      await pass(A_MOMENT);
      expect(viewer.connection.state().status).toBe('polling');
      await pass(SECOND);
      expect(viewer.connection.state().status).toBe('ws');
      expect(server.socket.url.searchParams.get('after')).toBe('2');
      expect(revisionsOf(viewer)).toEqual([2]);
      expect(viewer.problems).toEqual([]);
    },
  );

  it.each([
    [4500, 'unauthenticated', 401],
    [4501, 'forbidden', 403],
    [4502, 'not_found', 404],
    [4503, 'policy', 0],
    [4504, 'closed_for_good', 0],
    [4999, 'closed_for_good', 0],
  ])('%i does not come back: %s', async (closeCode, code, status) => {
    const viewer = await live(server);
    const questions = server.asked.length;
    server.socket.closeFromServer(closeCode, 'you know why');
    await pass(120 * SECOND);
    viewer.page.notify('online');
    await pass(120 * SECOND);
    expect(server.sockets).toHaveLength(1);
    expect(server.asked).toHaveLength(questions);
    expect(viewer.problems).toEqual([expect.objectContaining({ code, status, detail: 'you know why' })]);
    expect(viewer.connection.state()).toMatchObject({ status: 'offline', wsConnecting: false, problem: { code } });
    expect(viewer.connection.state().hasGivenUp).toBe(true);
    expect(viewer.page.watchers).toBe(0);
  });

  it('4000 comes back within the time that the draining server named', async () => {
    const viewer = await live(server, { environment: { random: () => 0.9 } });
    server.socket.deliver({ type: 'draining', reconnect_in_ms: 20_000 });
    server.socket.closeFromServer(4000);
    await pass(18 * SECOND - 1);
    expect(server.sockets).toHaveLength(1);
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('ws');
    server.socket.closeFromServer(4001);
    await pass(2 * SECOND);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('begins again from the last position when it is started anew', async () => {
    const viewer = await live(server);
    server.socket.closeFromServer(4500);
    server.write('meanwhile');
    viewer.connection.start();
    await pass(A_MOMENT);
    expect(viewer.connection.state()).toMatchObject({ status: 'ws', problem: null, hasGivenUp: false });
    expect(revisionsOf(viewer)).toEqual([2]);
  });
});

describe('a refusal', () => {
  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ])('%i of a handshake is learned from REST, reported, and not tried again', async (status, code) => {
    server.refusal = { status, code };
    const viewer = viewerOf(server, { from: 'now' });
    viewer.connection.start();
    await pass(300 * SECOND);
    expect(server.sockets).toHaveLength(1);
    expect(server.asked).toHaveLength(1);
    expect(viewer.problems.map((problem) => [problem.status, problem.code])).toEqual([[status, code]]);
    expect(viewer.connection.state()).toMatchObject({ status: 'offline', problem: { code } });
  });

  it('that comes while polling stops the polling', async () => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(2 * SECOND);
    server.refusal = { status: 404, code: 'not_found' };
    await pass(300 * SECOND);
    expect(viewer.problems.map(({ code }) => code)).toEqual(['not_found']);
    const { length } = server.asked;
    await pass(300 * SECOND);
    expect(server.asked).toHaveLength(length);
  });

  it('that comes while catching up stops the connection', async () => {
    const viewer = await live(server);
    server.refusal = { status: 403, code: 'forbidden' };
    server.socket.deliver(segmentAdded(9, 7));
    await pass(A_MOMENT);
    expect(viewer.problems.map(({ code }) => code)).toEqual(['forbidden']);
    expect(server.openSockets).toHaveLength(0);
  });

  it('of sockets alone leaves the polling', async () => {
    server.socketsAreUp = false;
    const viewer = viewerOf(server);
    viewer.connection.start();
    await pass(120 * SECOND);
    expect(viewer.connection.state()).toMatchObject({ status: 'polling', problem: null });
    expect(server.sockets.length).toBeGreaterThan(5);
  });
});

describe('the token', () => {
  it('is asked for before every attempt, and travels as a subprotocol', async () => {
    let count = 0;
    const viewer = await live(server, {
      credentials: bearer(() => {
        count += 1;
        return `token-${String(count)}`;
      }),
    });
    expect(server.asked[0]?.headers.get('Authorization')).toBe('Bearer token-1');
    expect(server.socket.protocols).toEqual(['collab.v1', 'bearer.token-2']);
    expect(server.socket.url.href).not.toContain('token');
    server.socket.closeFromServer(4003);
    await pass(SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    expect(server.asked[1]?.headers.get('Authorization')).toBe('Bearer token-3');
    expect(server.socket.protocols).toEqual(['collab.v1', 'bearer.token-4']);
  });

  it('is renewed inside the socket when it is about to end', async () => {
    const token = vi.fn(() => Promise.resolve('fresh'));
    await live(server, { credentials: bearer(token) });
    server.socket.deliver({ type: 'auth_expiring', in_ms: 15_000 });
    await pass(A_MOMENT);
    expect(server.socket.sent).toEqual([{ type: 'auth', token: 'fresh' }]);
    expect(server.sockets).toHaveLength(1);
  });

  it('is not sent to a socket that has closed meanwhile', async () => {
    let give: (token: string) => void = () => undefined;
    const later = new Promise<string>((resolve) => {
      give = resolve;
    });
    const token = vi.fn<() => string | Promise<string>>(() => 'first');
    await live(server, { credentials: bearer(token) });
    token.mockReturnValueOnce(later);
    const old = server.socket;
    old.deliver({ type: 'auth_expiring', in_ms: 15_000 });
    old.closeFromServer(4003);
    await pass(SECOND);
    give('late');
    await pass(A_MOMENT);
    expect(old.sent).toEqual([]);
    expect(server.socket.sent).toEqual([]);
  });

  it('that can not be had is a failed attempt, not an end', async () => {
    const token = vi.fn(() => Promise.resolve('good'));
    const viewer = await live(server, { credentials: bearer(token) });
    token.mockRejectedValue(new Error('signed out for a moment'));
    server.socket.deliver({ type: 'auth_expiring', in_ms: 15_000 });
    server.socket.closeFromServer(4003);
    await pass(10 * SECOND);
    const problem = { code: 'credentials_unavailable' };
    expect(viewer.connection.state()).toMatchObject({ status: 'offline', problem, hasGivenUp: false });
    expect(viewer.problems).toEqual([expect.objectContaining(problem)]);
    token.mockResolvedValue('good again');
    await pass(30 * SECOND);
    expect(viewer.connection.state()).toMatchObject({ status: 'ws', problem: null });
  });
});

describe('sleep and wake', () => {
  it('tries at once when the network is back', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    await pass(300 * SECOND);
    server.restIsUp = true;
    server.socketsAreUp = true;
    server.write('meanwhile');
    viewer.page.notify('online');
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('ws');
    expect(revisionsOf(viewer)).toEqual([2]);
  });

  it('is quick again after it was woken too early', async () => {
    const viewer = await live(server);
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    await pass(300 * SECOND);
    viewer.page.notify('online');
    await pass(A_MOMENT);
    const [sockets, questions] = [server.sockets.length, server.asked.length];
    await pass(3 * SECOND);
    expect(server.sockets.length).toBeGreaterThan(sockets);
    expect(server.asked.length).toBeGreaterThan(questions);
  });

  it('finds a socket dead that nobody closed: no answer to a ping within 10 s', async () => {
    const viewer = await live(server);
    const asleep = server.socket;
    server.answersPings = false;
    viewer.page.hide();
    viewer.page.show();
    expect(asleep.sent).toEqual([{ type: 'ping' }]);
    await pass(10 * SECOND);
    expect(asleep.closedWith).not.toBeNull();
    await pass(SECOND);
    expect(viewer.connection.state().status).toBe('ws');
    expect(server.openSockets).toHaveLength(1);
  });

  it('leaves a socket alone that answers', async () => {
    const viewer = await live(server);
    viewer.page.notify('online');
    await pass(20 * SECOND);
    expect(server.sockets).toHaveLength(1);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('pings as often as the server said, and any frame counts as an answer', async () => {
    const viewer = await live(server);
    server.answersPings = false;
    await pass(30 * SECOND);
    expect(server.socket.sent).toEqual([{ type: 'ping' }]);
    server.write('as good as a pong');
    await pass(20 * SECOND);
    expect(server.sockets).toHaveLength(1);
    expect(viewer.connection.state().status).toBe('ws');
    await pass(21 * SECOND);
    expect(server.sockets).toHaveLength(2);
  });

  it('begins in a hidden page by asking, and opens the socket when it is shown', async () => {
    const viewer = viewerOf(server);
    viewer.page.hide();
    viewer.connection.start();
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('polling');
    expect(server.sockets).toHaveLength(0);
    viewer.page.show();
    await pass(A_MOMENT);
    expect(viewer.connection.state().status).toBe('ws');
  });
});

describe('starting and stopping', () => {
  it('opens nothing when it is stopped in the same breath, as StrictMode does', async () => {
    const viewer = viewerOf(server, { from: 'now' });
    viewer.connection.start();
    viewer.connection.stop();
    viewer.connection.start();
    await pass(A_MOMENT);
    expect(server.sockets).toHaveLength(1);
    expect(viewer.connection.state().status).toBe('ws');
  });

  it('closes what is open and hears nothing more', async () => {
    const viewer = await live(server);
    viewer.connection.stop();
    server.write('unheard');
    await pass(300 * SECOND);
    expect(server.openSockets).toHaveLength(0);
    expect(viewer.events).toEqual([]);
    expect(viewer.connection.state()).toMatchObject({ status: 'offline', wsConnecting: false, problem: null });
    expect(vi.getTimerCount()).toBe(0);
    expect(viewer.page.watchers).toBe(0);
  });

  it('can be stopped on every transport', async () => {
    for (const [rest, sockets] of [
      [true, true],
      [true, false],
      [false, false],
    ] as const) {
      server.restIsUp = rest;
      server.socketsAreUp = sockets;
      const viewer = viewerOf(server);
      viewer.connection.start();
      await pass(5 * SECOND);
      viewer.connection.stop();
      const { length } = server.asked;
      await pass(120 * SECOND);
      expect(server.asked).toHaveLength(length);
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});
