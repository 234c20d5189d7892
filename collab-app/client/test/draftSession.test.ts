import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftSession, type DraftSession, type DraftSessionOptions } from '../src/draftSession.js';
import type { Environment } from '../src/environment.js';
import { ANA, BEN, CLEO, DRAFT_ID, NOON, VERA, firstRing, newDraft, recipientOf, segmentAdded } from './cast.js';
import { FakePage, FakeServer, FakeStorage, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;

let server: FakeServer;
const opened: DraftSession[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  server = new FakeServer();
});

afterEach(() => {
  for (const session of opened.splice(0)) session.stop();
  vi.useRealTimers();
});

function sessionOf(
  userId: string,
  part: Partial<DraftSessionOptions> = {},
  replaced: Partial<Environment> = {},
): DraftSession {
  const session = createDraftSession({
    draftId: DRAFT_ID,
    userId,
    baseUrl: 'https://drafts.example',
    credentials: developmentUser(userId),
    ...part,
    environment: server.environment(replaced),
  });
  opened.push(session);
  return session;
}

async function live(userId: string, part: Partial<DraftSessionOptions> = {}, replaced: Partial<Environment> = {}) {
  const session = sessionOf(userId, part, replaced);
  session.start();
  await pass(A_MOMENT);
  expect(session.state().status).toBe('ws');
  return session;
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

function textsOf(session: DraftSession): readonly string[] {
  return session.state().draft?.segments.map(({ content }) => content) ?? [];
}

function pendingOf(session: DraftSession): readonly string[] {
  return session
    .state()
    .pending.map((entry) => `${entry.kind === 'append' ? entry.content : recipientOf(entry)}: ${entry.state}`);
}

describe('two people', () => {
  it('write by turns, and each sees it at once', async () => {
    const ana = await live(ANA);
    const ben = await live(BEN);
    expect([ana.state().holdsRing, ben.state().holdsRing]).toEqual([true, false]);
    ana.append('Once upon a time');
    ana.passRing(BEN);
    expect(pendingOf(ana)).toEqual(['Once upon a time: sending', 'ben: waiting']);
    await pass(A_MOMENT);
    expect(textsOf(ben)).toEqual(['Once upon a time']);
    expect([ana.state().holdsRing, ben.state().holdsRing]).toEqual([false, true]);
    expect(pendingOf(ana)).toEqual([]);
    ben.append('there was a lighthouse.');
    await pass(A_MOMENT);
    expect(textsOf(ana)).toEqual(['Once upon a time', 'there was a lighthouse.']);
    expect(ana.state().draft).toEqual(server.draft);
    expect(ben.state().draft).toEqual(server.draft);
  });

  it('see who is here', async () => {
    server.presence = [{ user_id: BEN, connections: 1, since: NOON, state: 'typing' }];
    const ana = await live(ANA);
    expect(ana.state().presence).toEqual(server.presence);
    server.socket.closeFromServer(1006);
    expect(ana.state().presence).toEqual([]);
  });
});

describe('an own segment', () => {
  it('is never shown twice, nor for a moment not at all, whichever comes first, the event or the answer', async () => {
    const ana = await live(ANA);
    const shown: number[] = [];
    ana.subscribe(() => {
      const { draft, pending } = ana.state();
      shown.push((draft?.segments.length ?? 0) + pending.length);
    });
    ana.append('event first');
    await pass(A_MOMENT);
    server.socket.isOpen = false;
    ana.append('answer first');
    await pass(A_MOMENT);
    expect(pendingOf(ana)).toEqual(['answer first: saved']);
    const [socket] = server.sockets;
    if (socket === undefined) throw new Error('no socket');
    socket.isOpen = true;
    server.events.slice(-1).forEach((event) => {
      socket.deliver(event);
    });
    expect(pendingOf(ana)).toEqual([]);
    expect(shown.every((count, index) => count >= (shown[index - 1] ?? 0) && count <= 2)).toBe(true);
  });

  it('may have the same text as the one before', async () => {
    const ana = await live(ANA);
    ana.append('tick');
    ana.append('tick');
    server.faults.push('lost request');
    await pass(3 * LATENCY_MS);
    expect(pendingOf(ana)).toEqual(['tick: waiting', 'tick: waiting']);
    await pass(500 - 3);
    expect([textsOf(ana).length, pendingOf(ana)]).toEqual([1, ['tick: sending']]);
    await pass(A_MOMENT);
    expect(textsOf(ana)).toEqual(['tick', 'tick']);
    expect(pendingOf(ana)).toEqual([]);
  });

  it('stands for one of two with the same text, and not for those of others', async () => {
    const ana = await live(ANA);
    server.faults.push('lost answer');
    ana.append('tick');
    ana.append('tick');
    await pass(3 * LATENCY_MS);
    expect([textsOf(ana), pendingOf(ana)]).toEqual([['tick'], ['tick: waiting']]);
    await pass(2 * SECOND);
    expect([textsOf(ana), pendingOf(ana)]).toEqual([['tick', 'tick'], []]);
    server.restIsUp = false;
    ana.append('tock');
    server.write('tock', BEN);
    await pass(A_MOMENT);
    expect(pendingOf(ana)).toEqual(['tock: waiting']);
  });

  it('does not linger when the history that it was saved in is gone', async () => {
    const ana = await live(ANA);
    server.socket.isOpen = false;
    ana.append('lost with the disk');
    await pass(A_MOMENT);
    expect(pendingOf(ana)).toEqual(['lost with the disk: saved']);
    server.restore('e2', 1);
    server.draft.segments = [];
    server.draft.segment_count = 0;
    ana.refresh();
    await pass(A_MOMENT);
    expect(ana.state().draft?.epoch).toBe('e2');
    expect(pendingOf(ana)).toEqual([]);
  });

  it('is asked for after it was saved while polling', async () => {
    server.socketsAreUp = false;
    server.holdsPolls = false;
    const ana = sessionOf(ANA);
    ana.start();
    await pass(SECOND);
    ana.append('one');
    await pass(A_MOMENT);
    expect(textsOf(ana)).toEqual(['one']);
    expect(pendingOf(ana)).toEqual([]);
  });
});

describe('what was refused', () => {
  it('comes back to its author, with a draft that shows why', async () => {
    const onRejected = vi.fn();
    const ana = await live(ANA, { onRejected });
    server.socket.isOpen = false;
    server.pass(BEN);
    expect(ana.state().holdsRing).toBe(true);
    const { key } = ana.append('too late');
    await pass(A_MOMENT);
    expect(ana.state().rejected).toMatchObject([{ key, content: 'too late', problem: { code: 'ring_moved' } }]);
    expect(ana.state().holdsRing).toBe(false);
    expect(pendingOf(ana)).toEqual([]);
    expect(onRejected).toHaveBeenCalledOnce();
    expect(ana.takeBack(key)).toMatchObject({ content: 'too late' });
    expect(ana.state().rejected).toEqual([]);
  });

  it('can not be written at all before the draft has been read', () => {
    const ana = sessionOf(ANA);
    expect(() => ana.append('blind')).toThrow(RangeError);
    expect(() => ana.passRing(BEN)).toThrow(RangeError);
    expect(ana.state()).toMatchObject({ draft: null, status: 'polling', pending: [], rejected: [] });
  });
});

describe('a lost server', () => {
  it('loses nothing that was written meanwhile, and doubles nothing', async () => {
    const storage = new FakeStorage();
    const ana = await live(ANA, {}, { storage: storage.tab() });
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    await pass(A_MOMENT);
    expect(ana.state().status).toBe('offline');
    ana.append('one');
    ana.append('two');
    await pass(60 * SECOND);
    expect(pendingOf(ana)).toEqual(['one: waiting', 'two: waiting']);
    server.restIsUp = true;
    server.socketsAreUp = true;
    await pass(60 * SECOND);
    expect(ana.state().status).toBe('ws');
    expect(textsOf(ana)).toEqual(['one', 'two']);
    expect(server.draft.segments).toHaveLength(2);
    expect(storage.texts.size).toBe(0);
  });

  it('is found again at once when the network is back, and what waits is sent then', async () => {
    const page = new FakePage();
    const ana = await live(ANA, {}, { page });
    server.restIsUp = false;
    server.socketsAreUp = false;
    server.socket.closeFromServer(1006);
    ana.append('one');
    await pass(120 * SECOND);
    server.restIsUp = true;
    server.socketsAreUp = true;
    page.notify('online');
    await pass(A_MOMENT);
    expect(textsOf(ana)).toEqual(['one']);
  });
});

describe('a problem', () => {
  it('is reported, and refresh begins again', async () => {
    const onError = vi.fn();
    server.refusal = { status: 404, code: 'not_found' };
    const ana = sessionOf(ANA, { onError });
    ana.start();
    await pass(A_MOMENT);
    expect(ana.state()).toMatchObject({ status: 'offline', draft: null, problem: { code: 'not_found' } });
    expect(onError).toHaveBeenCalledOnce();
    server.refusal = null;
    ana.refresh();
    await pass(A_MOMENT);
    expect(ana.state()).toMatchObject({ status: 'ws', problem: null });
  });
});

describe('a reader without access', () => {
  it.each([
    ['was removed', 4502, 404, 'not_found'],
    ['was signed out', 4500, 401, 'unauthenticated'],
  ])('who %s is back without a reload once they have access again', async (_what, closeCode, status, code) => {
    const ana = await live(ANA);
    server.refusal = { status, code };
    server.socket.closeFromServer(closeCode);
    await pass(100_000);
    expect(ana.state()).toMatchObject({ status: 'offline', hasGivenUp: true, problem: { code } });
    expect(server.sockets).toHaveLength(1);
    server.refusal = null;
    server.write('meanwhile');
    await pass(30_000);
    expect(ana.state()).toMatchObject({ status: 'ws', problem: null, hasGivenUp: false });
    expect(textsOf(ana)).toEqual(['meanwhile']);
    expect(server.sockets).toHaveLength(2);
  });

  it('is not asked for while nobody looks, and at once when the page is shown', async () => {
    const page = new FakePage();
    const ana = await live(ANA, {}, { page });
    server.refusal = { status: 404, code: 'not_found' };
    server.socket.closeFromServer(4502);
    page.hide();
    const { length } = server.asked;
    await pass(300_000);
    expect(server.asked).toHaveLength(length);
    server.refusal = null;
    page.show();
    await pass(A_MOMENT);
    expect(ana.state().status).toBe('ws');
    ana.stop();
    expect(page.watchers).toBe(0);
  });
});

describe('a draft that an app has kept', () => {
  it('is shown while the server is away, may be written in, and gives way to what the server has', async () => {
    const kept = newDraft({ title: 'As it was' });
    server.restIsUp = false;
    server.socketsAreUp = false;
    const ana = sessionOf(ANA, { initialDraft: kept });
    ana.start();
    await pass(A_MOMENT);
    expect(ana.state()).toMatchObject({ status: 'offline', draft: { title: 'As it was' } });
    ana.append('Written without a network');
    server.write('meanwhile');
    server.restIsUp = true;
    server.socketsAreUp = true;
    await pass(60_000);
    expect(ana.state()).toMatchObject({ status: 'ws', draft: { title: 'The lighthouse' }, pending: [] });
    expect(textsOf(ana)).toEqual(['meanwhile', 'Written without a network']);
  });
});

describe('the state', () => {
  it('is one object until something changes', async () => {
    const ana = await live(ANA);
    const before = ana.state();
    server.socket.deliver({ type: 'pong', ts: NOON, revision: 1 });
    expect(ana.state()).toBe(before);
    server.write('one');
    expect(ana.state()).not.toBe(before);
  });

  it('delivers each event to the listener for events', async () => {
    const onEvent = vi.fn();
    await live(ANA, { onEvent });
    server.socket.deliver(segmentAdded(2, 0));
    expect(onEvent).toHaveBeenCalledExactlyOnceWith(segmentAdded(2, 0));
  });
});

describe('a server that does not know the position any more', () => {
  it.each(['a socket', 'polls'])('is asked for the draft, and what follows is seen: %s', async (way) => {
    server.write('kept');
    server.write('lost');
    server.write('lost too');
    const session = await live(BEN);
    server.lose(2);
    server.socketsAreUp = way === 'a socket';
    server.socket.closeFromServer(1006);
    await pass(40 * SECOND);
    expect(session.state().status).toBe(way === 'a socket' ? 'ws' : 'polling');
    expect(textsOf(session)).toEqual(['kept']);
    server.write('new');
    await pass(4 * SECOND);
    expect(textsOf(session)).toEqual(['kept', 'new']);
    expect(session.state().draft).toEqual(server.draft);
  });

  it.each(['a socket', 'polls'])('is no reason to go back while it is only behind another: %s', async (way) => {
    const seen: number[] = [];
    const session = await live(BEN, { onEvent: ({ revision }) => seen.push(revision) });
    for (const text of ['one', 'two', 'three']) server.write(text);
    const [draft, events] = [{ ...server.draft }, server.events];
    server.lose(2);
    server.socketsAreUp = way === 'a socket';
    server.socket.closeFromServer(1006);
    await pass(5 * SECOND);
    expect(textsOf(session)).toEqual(['one', 'two', 'three']);
    Object.assign(server.draft, draft);
    server.events = events;
    server.write('four');
    await pass(15 * SECOND);
    expect(textsOf(session)).toEqual(['one', 'two', 'three', 'four']);
    expect(seen).toEqual([...new Set(seen)]);
    expect(session.state().status).toBe(way === 'a socket' ? 'ws' : 'polling');
  });
});

describe('a draft of 1,450 segments', () => {
  const pages = () => server.asked.filter(({ method, path }) => method === 'GET' && path.endsWith('/segments'));

  beforeEach(() => {
    server.fill(1_450);
  });

  it('is shown from its end on, then page by page to its beginning', async () => {
    const session = sessionOf(BEN);
    const seen: (readonly [number, number])[] = [];
    session.subscribe(() => {
      const { draft, loadedFrom } = session.state();
      if (draft !== null && seen.at(-1)?.[0] !== loadedFrom) seen.push([loadedFrom, draft.segments.length]);
      expect(draft?.segments[0]?.position ?? loadedFrom).toBe(loadedFrom);
    });
    session.start();
    await pass(A_MOMENT);
    expect(seen).toEqual([
      [1_250, 200],
      [750, 700],
      [250, 1_200],
      [0, 1_450],
    ]);
    expect(pages().map(({ query }) => query.toString())).toEqual([
      'before=1250&limit=500',
      'before=750&limit=500',
      'before=250&limit=500',
    ]);
    expect(session.state().draft).toEqual(server.draft);
  });

  it('takes what is written meanwhile, also by its reader', async () => {
    const session = sessionOf(ANA);
    session.start();
    await pass(3 * LATENCY_MS);
    expect(session.state().loadedFrom).toBeGreaterThan(0);
    server.write('by another tab');
    session.append('by me');
    await pass(A_MOMENT);
    expect(session.state().draft).toEqual(server.draft);
    expect(textsOf(session).slice(-2)).toEqual(['by another tab', 'by me']);
    expect(pendingOf(session)).toEqual([]);
  });

  it('goes on where it was after a break', async () => {
    const session = sessionOf(BEN);
    session.start();
    await pass(3 * LATENCY_MS);
    const { loadedFrom } = session.state();
    server.restIsUp = false;
    await pass(20 * SECOND);
    expect(session.state().loadedFrom).toBe(loadedFrom);
    expect(pages().length).toBeLessThan(15);
    server.restIsUp = true;
    await pass(30 * SECOND);
    expect(session.state().draft).toEqual(server.draft);
    expect(server.asked.filter(({ query }) => query.has('last_segments'))).toHaveLength(1);
    expect(pages().filter(({ query }) => query.get('before') === '1250').length).toBeLessThanOrEqual(10);
  });

  it('keeps what it has when the draft is read anew in the same epoch', async () => {
    const session = await live(BEN);
    const { length } = pages();
    for (let count = 0; count < 50; count += 1) server.write('unseen');
    server.events = [];
    server.socket.deliver({ type: 'snapshot_required' });
    await pass(A_MOMENT);
    expect(session.state().draft).toEqual(server.draft);
    expect(pages()).toHaveLength(length);
  });

  it('begins anew in another epoch', async () => {
    const session = sessionOf(BEN);
    session.start();
    await pass(3 * LATENCY_MS);
    server.fill(900);
    server.restore('e2', 40);
    await pass(30 * SECOND);
    expect(session.state().draft).toEqual(server.draft);
  });

  it('is read no further once it is stopped', async () => {
    const session = sessionOf(BEN);
    session.start();
    await pass(3 * LATENCY_MS);
    session.stop();
    const { length } = server.asked;
    const { loadedFrom } = session.state();
    await pass(60 * SECOND);
    expect(server.asked).toHaveLength(length);
    expect(session.state().loadedFrom).toBe(loadedFrom);
    session.start();
    await pass(A_MOMENT);
    expect(session.state().draft).toEqual(server.draft);
  });

  it('is not read further by one who is no member any more', async () => {
    const session = sessionOf(BEN);
    session.start();
    await pass(3 * LATENCY_MS);
    server.openSockets[0]?.closeFromServer(4501, 'removed');
    server.refusal = { status: 404, code: 'not_found' };
    await pass(A_MOMENT);
    const { length } = server.asksFor('/segments');
    await pass(300 * SECOND);
    expect(server.asksFor('/segments')).toHaveLength(length);
  });
});

describe('turns', () => {
  it('are asked for, granted, and taken back by the creator', async () => {
    server = new FakeServer(newDraft({ collaborators: [{ user_id: BEN, role: 'contributor', joined_at: NOON }] }));
    const ana = await live(ANA);
    const ben = await live(BEN);
    const asked = await duringA(ben.api.requestRing(DRAFT_ID));
    expect(asked.data).toMatchObject({ user_id: BEN, position: 1 });
    expect(ana.state().draft?.ring_state).toMatchObject({ requests: [{ user_id: BEN }], next_user_id: BEN });
    ana.passRing({ to: 'next' });
    expect(pendingOf(ana)).toEqual(['next: sending']);
    await pass(A_MOMENT);
    expect([ben.state().holdsRing, pendingOf(ana)]).toEqual([true, []]);
    expect(ben.state().draft?.ring_state.requests).toEqual([]);
    await duringA(ana.api.revokeRing(DRAFT_ID, { ringTerm: 2 }));
    expect([ana.state().holdsRing, ben.state().holdsRing]).toEqual([true, false]);
  });

  it('are no longer wanted by one who withdraws, is declined, or is away', async () => {
    const ana = await live(ANA);
    const ben = await live(BEN);
    await duringA(ben.api.requestRing(DRAFT_ID));
    await duringA(ben.api.withdrawRequest(DRAFT_ID, BEN));
    expect(ana.state().draft?.ring_state.requests).toEqual([]);
    await duringA(ben.api.requestRing(DRAFT_ID));
    await duringA(ana.api.declineRequest(DRAFT_ID, BEN));
    expect(ben.state().draft?.ring_state.requests).toEqual([]);
    await duringA(ben.api.setAway(DRAFT_ID, BEN, true));
    expect(ana.state().draft?.ring_state.away).toEqual([BEN]);
    await duringA(ana.api.setAway(DRAFT_ID, BEN, false));
    expect(ben.state().draft?.ring_state.away).toEqual([]);
  });

  it('have a deadline by the clock of the server, however wrong that of the device is', async () => {
    const replaced = { clock: { ...wrongClock } };
    const ben = sessionOf(BEN, {}, replaced);
    expect(ben.serverNow()).toBeNull();
    ben.start();
    await pass(A_MOMENT);
    expect(Math.abs((ben.serverNow() ?? 0) - Date.now())).toBeLessThanOrEqual(LATENCY_MS);
    await pass(60 * SECOND);
    expect(Math.abs((ben.serverNow() ?? 0) - Date.now())).toBeLessThanOrEqual(LATENCY_MS);
  });

  it('whose next holder the events do not tell are asked for, and not more than once in 5 s', async () => {
    const joined = [BEN, CLEO, VERA].map((user_id) => ({ user_id, role: 'contributor' as const, joined_at: NOON }));
    server = new FakeServer(
      newDraft({ collaborators: joined, ring_state: { ...firstRing, current_holder_id: BEN, term: 90 } }),
    );
    const ana = await live(ANA);
    const reads = () => server.asked.filter(({ query }) => query.has('last_segments')).length;
    expect(reads()).toBe(1);
    server.pass(ANA);
    server.draft.ring_state = { ...server.draft.ring_state, next_user_id: CLEO };
    await pass(A_MOMENT);
    expect(ana.state().draft?.ring_state.next_user_id).toBe(CLEO);
    server.restIsUp = false;
    for (const to of [BEN, ANA, BEN, ANA]) {
      server.pass(to);
      await pass(4 * SECOND);
    }
    expect(reads()).toBeLessThanOrEqual(6);
    expect(ana.state().draft?.ring_state.next_user_id).toBeNull();
    ana.stop();
    const { length } = server.asked;
    await pass(60 * SECOND);
    expect(server.asked).toHaveLength(length);
  });
});

/** A device whose wall clock is a day behind. */
const wrongClock: Environment['clock'] = {
  now: () => Date.now() - 86_400_000,
  monotonic: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The outcome of a command, while time passes. */
async function duringA<Result>(command: Promise<Result>): Promise<Result> {
  const [outcome] = await Promise.all([command, pass(A_MOMENT)]);
  return outcome;
}
