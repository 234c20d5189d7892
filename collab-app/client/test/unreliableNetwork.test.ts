import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import { createDraftConnection } from '../src/draftConnection.js';
import { createDraftSession } from '../src/draftSession.js';
import { ANA, DRAFT_ID, NOON } from './cast.js';
import { FakePage, FakeServer, FakeStorage } from './fakeServer.js';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
console.log(`anyNetwork properties: FC_SEED=${String(seed)}`);
const runs = { seed, numRuns: 100 };
const LONG_ENOUGH_MS = 180_000;

type Weather =
  | {
      readonly what:
        'write' | 'rest' | 'sockets' | 'hide' | 'show' | 'online' | 'offline' | 'lose frames' | 'restore' | 'slip';
    }
  | { readonly what: 'close'; readonly code: number }
  | { readonly what: 'time'; readonly ms: number };

const weather: fc.Arbitrary<Weather> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Weather>({ what: 'write' }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('rest', 'sockets', 'hide', 'show', 'online', 'offline', 'lose frames', 'restore', 'slip')
      .map((what) => ({ what })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1001, 1006, 4000, 4001, 4003).map((code): Weather => ({ what: 'close', code })),
  },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 40_000 }).map((ms): Weather => ({ what: 'time', ms })) },
);

function happen(server: FakeServer, page: FakePage, now: Weather, epochs: () => string): void {
  switch (now.what) {
    case 'write':
      server.write('x', 'ben');
      return;
    case 'rest':
      server.restIsUp = !server.restIsUp;
      return;
    case 'sockets':
      server.socketsAreUp = !server.socketsAreUp;
      return;
    case 'hide':
      page.hide();
      return;
    case 'show':
      page.show();
      return;
    case 'online':
    case 'offline':
      page.notify(now.what);
      return;
    case 'lose frames':
      // The network is gone and nobody has noticed yet.
      server.openSockets.forEach((socket) => {
        socket.isOpen = false;
      });
      return;
    case 'restore':
      server.restore(epochs(), Math.max(1, server.draft.revision - 3));
      server.openSockets.forEach((socket) => {
        socket.closeFromServer(1006);
      });
      return;
    case 'slip':
      server.faults.push('lost answer', 'lost request');
      return;
    case 'close':
      server.openSockets.forEach((socket) => {
        socket.closeFromServer(now.code);
      });
      return;
    case 'time':
      return;
  }
}

function heal(server: FakeServer, page: FakePage): void {
  server.restIsUp = true;
  server.socketsAreUp = true;
  page.show();
}

async function underFakeTime(work: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  try {
    await work();
  } finally {
    vi.useRealTimers();
  }
}

describe('whatever the network does', () => {
  it('each event is delivered once and in order, and in the end all of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(weather, { maxLength: 40 }), fc.double({ min: 0, max: 0.99 }), async (days, random) => {
        await underFakeTime(async () => {
          const server = new FakeServer();
          const page = new FakePage();
          let epoch = 'e1';
          let revision = 0;
          const faults: string[] = [];
          const connection = createDraftConnection({
            draftId: DRAFT_ID,
            baseUrl: 'https://drafts.example',
            credentials: developmentUser(ANA),
            from: 'snapshot',
            environment: server.environment({ page, random: () => random }),
            onSnapshot: (draft) => {
              if (draft.epoch === epoch && draft.revision < revision) faults.push(`back to ${String(draft.revision)}`);
              ({ epoch, revision } = draft);
            },
            onEvent: (event) => {
              if (event.revision !== revision + 1) faults.push(`${String(event.revision)} after ${String(revision)}`);
              revision = event.revision;
            },
          });
          connection.start();
          let restored = 1;
          for (const now of days) {
            happen(server, page, now, () => `e${String((restored += 1))}`);
            await vi.advanceTimersByTimeAsync(now.what === 'time' ? now.ms : 1);
          }
          heal(server, page);
          await vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS);
          expect(faults).toEqual([]);
          expect(connection.state()).toMatchObject({ status: 'ws', problem: null });
          expect({ epoch, revision }).toEqual({ epoch: server.draft.epoch, revision: server.draft.revision });
          connection.stop();
          expect(server.openSockets).toHaveLength(0);
        });
      }),
      runs,
    );
  }, 60_000);

  it('what was written lands once and in order, over reloads, or comes back', async () => {
    const writing = fc.array(fc.oneof(weather, fc.constantFrom('append' as const, 'reload' as const)), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(writing, fc.double({ min: 0, max: 0.99 }), async (days, random) => {
        await underFakeTime(async () => {
          const server = new FakeServer();
          const page = new FakePage();
          const storage = new FakeStorage();
          let keys = 0;
          const open = () => {
            const session = createDraftSession({
              draftId: DRAFT_ID,
              userId: ANA,
              baseUrl: 'https://drafts.example',
              credentials: developmentUser(ANA),
              environment: server.environment({
                page,
                storage: storage.tab(),
                random: () => random,
                randomId: () => `key-${String((keys += 1))}`,
              }),
            });
            session.start();
            return session;
          };
          let session = open();
          const written: string[] = [];
          for (const now of days) {
            if (now === 'append') {
              if (session.state().draft !== null) {
                const content = `text ${String(written.length)}`;
                session.append(content);
                written.push(content);
              }
            } else if (now === 'reload') {
              session.stop();
              session = open();
            } else if (now.what !== 'restore') happen(server, page, now, () => '');
            await vi.advanceTimersByTimeAsync(typeof now === 'object' && now.what === 'time' ? now.ms : 3);
          }
          heal(server, page);
          await vi.advanceTimersByTimeAsync(2 * LONG_ENOUGH_MS);
          const { draft, pending, rejected } = session.state();
          expect(pending).toEqual([]);
          expect(rejected).toEqual([]);
          expect(draft).toEqual(server.draft);
          const mine = server.draft.segments.filter((segment) => segment.author_user_id === ANA);
          expect(mine.map(({ content }) => content)).toEqual(written);
          expect(storage.texts.size).toBe(0);
          session.stop();
        });
      }),
      runs,
    );
  }, 60_000);
});
