import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftConnection, type DraftConnection } from '../src/draftConnection.js';
import type { TabSemaphore } from '../src/environment.js';
import { ANA, DRAFT_ID, NOON } from './cast.js';
import { FakePage, FakeSemaphore, FakeServer, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;
const SECOND = 1_000;

interface Tab {
  readonly connection: DraftConnection;
  readonly page: FakePage;
  readonly revisions: number[];
}

let server: FakeServer;
const opened: Tab[] = [];

/** Some tabs of one browser that has no sockets. */
function open(count: number, longPolls: TabSemaphore | null, isHidden = false): readonly Tab[] {
  return Array.from({ length: count }, () => {
    const page = new FakePage();
    if (isHidden) page.hide();
    const revisions: number[] = [];
    const connection = createDraftConnection({
      draftId: DRAFT_ID,
      baseUrl: 'https://drafts.example',
      credentials: developmentUser(ANA),
      from: 'snapshot',
      onEvent: ({ revision }) => revisions.push(revision),
      environment: server.environment({ page, longPolls }),
    });
    connection.start();
    const tab = { connection, page, revisions };
    opened.push(tab);
    return tab;
  });
}

function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms);
}

function pollsWithin(asked: number): number {
  return server.asksFor('/events').length - asked;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  server = new FakeServer();
  server.socketsAreUp = false;
});

afterEach(() => {
  for (const { connection } of opened.splice(0)) connection.stop();
  vi.useRealTimers();
});

describe('tabs of one browser without sockets', () => {
  it('hold no more polls than there are permits, however many they are, and all are up to date within 3 s', async () => {
    const semaphore = new FakeSemaphore(2);
    const tabs = open(20, semaphore);
    for (let second = 0; second < 60; second += 1) {
      await pass(SECOND);
      expect(server.held).toBeLessThanOrEqual(2);
      if (second % 10 === 0) server.write('x');
    }
    await pass(3 * SECOND + A_MOMENT);
    expect(semaphore.taken).toBe(2);
    for (const { revisions } of tabs) expect(revisions).toEqual([2, 3, 4, 5, 6, 7]);
    const before = tabs.map(({ revisions }) => revisions.length);
    server.write('y');
    await pass(A_MOMENT);
    expect(
      tabs.filter(({ revisions }, index) => revisions.length > (before[index] ?? 0)).length,
    ).toBeGreaterThanOrEqual(2);
    await pass(3 * SECOND);
    expect(tabs.map(({ revisions }) => revisions.at(-1))).toEqual(tabs.map(() => server.draft.revision));
  });

  it('hand the permits on when one of them stops, is hidden, or has a socket again', async () => {
    const semaphore = new FakeSemaphore(1);
    const [first, second, third] = open(3, semaphore);
    await pass(10 * SECOND);
    expect([server.held, semaphore.taken]).toEqual([1, 1]);
    first?.connection.stop();
    expect(semaphore.taken).toBe(0);
    await pass(7 * SECOND);
    expect([server.held, semaphore.taken]).toEqual([1, 1]);
    second?.page.hide();
    third?.page.hide();
    expect(semaphore.taken).toBe(0);
    await pass(30 * SECOND);
    expect([server.held, semaphore.taken]).toEqual([0, 0]);
    second?.page.show();
    await pass(7 * SECOND);
    expect([server.held, semaphore.taken]).toEqual([1, 1]);
    server.socketsAreUp = true;
    second?.page.notify('online');
    await pass(A_MOMENT);
    expect([server.held, semaphore.taken]).toEqual([0, 0]);
  });

  it('ask every 10 s while they are hidden', async () => {
    const [tab] = open(1, new FakeSemaphore(2), true);
    await pass(A_MOMENT);
    const { length } = server.asksFor('/events');
    await pass(60 * SECOND);
    expect(pollsWithin(length)).toBe(6);
    server.write('x');
    tab?.page.show();
    await pass(A_MOMENT);
    expect(tab?.revisions).toEqual([2]);
  });

  it.each<[string, TabSemaphore | null]>([
    ['is absent', null],
    ['is denied', { tryAcquire: () => Promise.reject(new DOMException('denied', 'SecurityError')) }],
    ['never answers', { tryAcquire: () => new Promise(() => undefined) }],
    ['has no permit', new FakeSemaphore(0)],
  ])('ask short every 3 s where the semaphore %s', async (_name, semaphore) => {
    const [tab] = open(1, semaphore);
    await pass(A_MOMENT);
    await pass(30 * SECOND);
    expect(server.asksFor('/events').map(({ query }) => query.get('wait'))).toEqual(Array(10).fill(null));
    server.write('x');
    await pass(3 * SECOND);
    expect(tab?.revisions).toEqual([2]);
    expect(tab?.connection.state().status).toBe('polling');
  });

  it('give back a permit that comes after the stop', async () => {
    const semaphore = new FakeSemaphore(1);
    const late: TabSemaphore = {
      tryAcquire: async () => {
        await new Promise((resolve) => setTimeout(resolve, SECOND));
        return semaphore.tryAcquire();
      },
    };
    const [tab] = open(1, late);
    await pass(500);
    tab?.connection.stop();
    await pass(10 * SECOND);
    expect(semaphore.taken).toBe(0);
  });

  it('give the permit back when a held poll breaks or is refused', async () => {
    const semaphore = new FakeSemaphore(1);
    open(1, semaphore);
    await pass(10 * SECOND);
    expect(semaphore.taken).toBe(1);
    server.refusal = { status: 429, code: 'rate_limited', headers: { 'Retry-After': '20' } };
    server.write('ends the wait');
    await pass(A_MOMENT);
    expect([server.held, semaphore.taken]).toEqual([0, 0]);
  });
});

it('a server whose draft and events disagree is not flooded', async () => {
  server.events = [];
  const fetch = server.environment().fetch ?? globalThis.fetch;
  const connection = createDraftConnection({
    draftId: DRAFT_ID,
    baseUrl: 'https://drafts.example',
    credentials: developmentUser(ANA),
    from: 'snapshot',
    environment: server.environment({
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        if (!(input as string).includes('/events')) return answer;
        const body = (await answer.json()) as object;
        return Response.json({ ...body, epoch: 'another' });
      },
    }),
  });
  server.holdsPolls = false;
  connection.start();
  await pass(30 * SECOND);
  connection.stop();
  expect(server.asked.length).toBeLessThan(25);
});
