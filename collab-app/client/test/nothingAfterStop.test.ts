import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftConnection } from '../src/draftConnection.js';
import { createDraftSession, type DraftSession } from '../src/draftSession.js';
import { createSource } from '../src/subscribable.js';
import { ANA, BEN, DRAFT_ID, NOON, segmentAdded } from './cast.js';
import { FakePage, FakeServer, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;

/** One thing that is stopped, and each call that it made to its user. */
interface Watched {
  readonly calls: string[];
  readonly stop: () => void;
  readonly page: FakePage;
  readonly session: DraftSession | null;
  readonly isRunning: () => boolean;
}

/** Stops in the call of this number, counted from 1; never when it is 0. */
type Open = (server: FakeServer, stopAt: number) => Watched;

const opened: Watched[] = [];

function watch(server: FakeServer, stopAt: number, kind: 'connection' | 'session'): Watched {
  const calls: string[] = [];
  const page = new FakePage();
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  const called = (name: string) => {
    calls.push(phase === 'running' ? name : `${name} ${phase}`);
    if (phase === 'running' && calls.length === stopAt) stop();
  };
  const common = {
    draftId: DRAFT_ID,
    baseUrl: 'https://drafts.example',
    credentials: developmentUser(ANA),
    onEvent: () => {
      called('onEvent');
    },
    onError: () => {
      called('onError');
    },
    environment: server.environment({ page }),
  };
  const session =
    kind === 'session'
      ? createDraftSession({
          ...common,
          userId: ANA,
          onRejected: () => {
            called('onRejected');
          },
        })
      : null;
  const subject =
    session ??
    createDraftConnection({
      ...common,
      from: 'snapshot',
      onSnapshot: () => {
        called('onSnapshot');
      },
      onPresence: () => {
        called('onPresence');
      },
    });
  subject.subscribe(() => {
    called('first listener');
  });
  subject.subscribe(() => {
    called('second listener');
  });
  function stop(): void {
    phase = 'stopping';
    subject.stop();
    phase = 'stopped';
  }
  const watched = { calls, stop, page, session, isRunning: () => phase === 'running' };
  opened.push(watched);
  subject.start();
  return watched;
}

const presence = [
  { user_id: ANA, connections: 1, since: NOON, state: 'viewing' },
  { user_id: BEN, connections: 1, since: NOON, state: 'viewing' },
] as const;

function writeMany(server: FakeServer): void {
  for (let count = 0; count < 5; count += 1) server.write('x');
}

/** Ways on which something comes, each with what makes it come. */
const ways: Readonly<Record<string, (server: FakeServer, watched: Watched) => void | Promise<void>>> = {
  'frames of a socket': (server, watched) => {
    const [socket] = server.openSockets;
    writeMany(server);
    socket?.deliver({ type: 'presence_diff', joined: [presence[1]], left: [ANA] });
    socket?.deliver({ type: 'error', code: 'unknown_message', detail: 'type: subscribe' });
    append(watched, 'by me');
  },
  'a page of a poll': async (server) => {
    server.socketsAreUp = false;
    server.openSockets[0]?.closeFromServer(1006);
    await pass(A_MOMENT);
    writeMany(server);
    await pass(4 * SECOND);
    writeMany(server);
  },
  'a page that catches up': (server) => {
    for (let count = 2; count < 7; count += 1) server.events.push(segmentAdded(count, count - 2));
    server.draft.revision = 6;
    server.write('leaves a gap');
  },
  'a snapshot of another epoch': (server) => {
    server.restore('e2', 40);
    server.openSockets[0]?.closeFromServer(1006);
  },
  'pages of older segments': (server) => {
    server.fill(1_450);
    server.restore('e2', 2_000);
    server.openSockets[0]?.closeFromServer(1006);
  },
  'a snapshot that a frame asks for': (server) => {
    server.openSockets[0]?.deliver({ type: 'snapshot_required' });
  },
  'the loss of everything, and its return': async (server, { page }) => {
    server.restIsUp = server.socketsAreUp = false;
    server.openSockets[0]?.closeFromServer(1006);
    await pass(20 * SECOND);
    server.restIsUp = server.socketsAreUp = true;
    page.notify('online');
  },
  'a browser without a network': (_server, { page }) => {
    page.notify('offline');
  },
  'a close for good': (server) => {
    server.openSockets[0]?.closeFromServer(4501, 'removed');
  },
  'a refusal of a poll': async (server) => {
    server.socketsAreUp = false;
    server.openSockets[0]?.closeFromServer(1006);
    await pass(A_MOMENT);
    server.refusal = { status: 404, code: 'not_found' };
    await pass(30 * SECOND);
  },
  'refused commands': (server, watched) => {
    server.faults.push({ status: 403, code: 'ring_required' });
    append(watched, 'one');
    append(watched, 'two');
  },
};

/** Own commands alone change what is stopped. */
function append({ session, isRunning }: Watched, content: string): void {
  if (session !== null && isRunning()) session.append(content);
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
});

afterEach(() => {
  for (const { stop } of opened.splice(0)) stop();
  vi.useRealTimers();
});

describe.each(['connection', 'session'] as const)('a %s', (kind) => {
  const open: Open = (server, stopAt) => watch(server, stopAt, kind);

  async function play(stopAt: number, way: keyof typeof ways): Promise<Watched> {
    const server = new FakeServer();
    server.presence = presence;
    const watched = open(server, stopAt);
    await pass(A_MOMENT);
    await ways[way]?.(server, watched);
    await pass(30 * SECOND);
    if (stopAt > 0) {
      expect(server.openSockets, 'open sockets').toHaveLength(0);
      expect(watched.page.watchers, 'watchers of the page').toBe(0);
      expect(vi.getTimerCount(), 'timers').toBe(0);
    }
    return watched;
  }

  it.each(Object.keys(ways))('that is stopped in any of its calls makes no other: %s', async (way) => {
    const undisturbed = await play(0, way);
    undisturbed.stop();
    await pass(LATENCY_MS);
    const { length } = undisturbed.calls.filter((call) => !call.includes('stop'));
    expect(length).toBeGreaterThan(6);
    for (let stopAt = 1; stopAt <= length; stopAt += 1) {
      const { calls } = await play(stopAt, way);
      const stoppedIn = `${way}, stopped in call ${String(stopAt)} (${calls[stopAt - 1] ?? ''})`;
      const after = calls.slice(stopAt);
      // The listeners see the last state while it stops, once.
      expect(
        after.filter((call) => call !== 'first listener stopping' && call !== 'second listener stopping'),
        stoppedIn,
      ).toEqual([]);
      expect(after.length, stoppedIn).toBeLessThanOrEqual(2);
    }
  });
});

describe('a source', () => {
  it('calls no listener twice for one state, and none that an earlier one took away', () => {
    const source = createSource(0);
    const seen: string[] = [];
    source.subscribe(() => {
      seen.push(`first ${String(source.state())}`);
      if (source.state() === 1) source.replace(2);
      if (source.state() === 2) endThird();
    });
    source.subscribe(() => seen.push(`second ${String(source.state())}`));
    const endThird = source.subscribe(() => seen.push('third'));
    source.replace(1);
    expect(seen).toEqual(['first 1', 'first 2', 'second 2']);
  });
});
