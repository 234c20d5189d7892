// @vitest-environment happy-dom
import { StrictMode, act, useEffect, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { developmentUser } from '../src/credentials.js';
import type { Segment } from '../src/draft.js';
import {
  RingdraftProvider,
  useDraft,
  useDraftRealtime,
  type UseDraftResult,
  type DraftRealtime,
  type RingdraftSettings,
  type UseDraftRealtimeOptions,
} from '../src/react/index.js';
import { ANA, BEN, DRAFT_ID, NOON, OTHER_DRAFT_ID, newDraft } from './cast.js';
import { FakeServer, LATENCY_MS } from './fakeServer.js';

const A_MOMENT = 20 * LATENCY_MS;

let server: FakeServer;
let root: Root;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  server = new FakeServer();
  root = createRoot(document.createElement('div'));
});

afterEach(() => {
  act(() => {
    root.unmount();
  });
  expect(server.openSockets, 'sockets left open').toHaveLength(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function settingsFor(fake: FakeServer, userId = ANA): RingdraftSettings {
  return { baseUrl: 'https://drafts.example', credentials: developmentUser(userId), environment: fake.environment() };
}

async function show(children: ReactNode): Promise<void> {
  act(() => {
    root.render(children);
  });
  await after(A_MOMENT);
}

function after(ms: number, what?: () => void): Promise<void> {
  return act(async () => {
    what?.();
    await vi.advanceTimersByTimeAsync(ms);
  });
}

function Realtime(props: UseDraftRealtimeOptions & { readonly seen: (realtime: DraftRealtime) => void }) {
  const { seen, ...options } = props;
  const realtime = useDraftRealtime(options);
  useEffect(() => {
    seen(realtime);
  }, [realtime, seen]);
  return null;
}

function Draft(props: {
  readonly draftId?: string;
  readonly userId: string;
  readonly seen: (draft: UseDraftResult) => void;
}) {
  const { draftId = DRAFT_ID, userId, seen } = props;
  const draft = useDraft({ draftId, userId });
  useEffect(() => {
    seen(draft);
  }, [draft, seen]);
  return null;
}

describe('useDraftRealtime', () => {
  it('gives each kind of event to its callback, and where the connection stands', async () => {
    const seen = vi.fn<(realtime: DraftRealtime) => void>();
    const callbacks = {
      onSegmentAdded: vi.fn(),
      onRingPassed: vi.fn(),
      onCollaboratorAdded: vi.fn(),
      onCollaboratorRemoved: vi.fn(),
      onCollaboratorUpdated: vi.fn(),
      onRingRequested: vi.fn(),
      onRingRequestRemoved: vi.fn(),
      onDraftUpdated: vi.fn(),
      onEvent: vi.fn(),
    };
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} seen={seen} {...callbacks} />
      </RingdraftProvider>,
    );
    expect(seen.mock.lastCall?.[0]).toMatchObject({ status: 'ws', lastEventTs: null, wsConnecting: false });
    const envelope = { draft_id: DRAFT_ID, ts: NOON, user_id: ANA };
    await after(A_MOMENT, () => {
      server.write('one');
      server.pass(BEN);
      server.socket.deliver({
        ...envelope,
        revision: 4,
        type: 'collab.collaborator_added',
        data: { collaborator_id: BEN, role: 'viewer', joined_at: NOON },
      });
      server.socket.deliver({
        ...envelope,
        revision: 5,
        type: 'collab.collaborator_removed',
        data: { collaborator_id: BEN },
      });
      server.socket.deliver({ ...envelope, revision: 6, type: 'collab.draft_updated', data: { title: 'Other' } });
      server.socket.deliver({
        ...envelope,
        revision: 7,
        type: 'collab.ring_requested',
        data: { user_id: BEN, requested_at: NOON },
      });
      server.socket.deliver({
        ...envelope,
        revision: 8,
        type: 'collab.ring_request_removed',
        data: { user_id: BEN, reason: 'declined' },
      });
      server.socket.deliver({
        ...envelope,
        revision: 9,
        type: 'collab.collaborator_updated',
        data: { collaborator_id: BEN, away: true, reason: 'creator' },
      });
    });
    const { onEvent } = callbacks;
    const event = (type: string) => expect.objectContaining({ type: `collab.${type}` }) as unknown;
    const [segment] = server.draft.segments;
    const given: Readonly<Record<Exclude<keyof typeof callbacks, 'onEvent'>, readonly unknown[]>> = {
      onSegmentAdded: [segment, event('segment_added')],
      onRingPassed: [ANA, BEN, event('ring_passed')],
      onCollaboratorAdded: [BEN, event('collaborator_added')],
      onCollaboratorRemoved: [BEN, event('collaborator_removed')],
      onCollaboratorUpdated: [BEN, event('collaborator_updated')],
      onRingRequested: [BEN, event('ring_requested')],
      onRingRequestRemoved: [BEN, event('ring_request_removed')],
      onDraftUpdated: [{ title: 'Other' }, event('draft_updated')],
    };
    for (const [name, values] of Object.entries(given)) {
      expect(callbacks[name as keyof typeof given], name).toHaveBeenCalledExactlyOnceWith(...values);
    }
    expect(onEvent).toHaveBeenCalledTimes(8);
    expect(seen.mock.lastCall?.[0]).toMatchObject({ status: 'ws', lastEventTs: NOON, wsConnecting: false });
  });

  it('calls the callbacks of the last render, without opening the socket anew', async () => {
    const first = vi.fn();
    const second = vi.fn();
    const settings = settingsFor(server);
    const page = (onSegmentAdded: () => void) => (
      <RingdraftProvider settings={settings}>
        <Realtime draftId={DRAFT_ID} seen={vi.fn()} onSegmentAdded={onSegmentAdded} />
      </RingdraftProvider>
    );
    await show(page(first));
    await show(page(second));
    await after(A_MOMENT, () => server.write('one'));
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
    expect(server.sockets).toHaveLength(1);
  });

  it('opens nothing while it is not enabled, and closes what is open when it no longer is', async () => {
    const seen = vi.fn<(realtime: DraftRealtime) => void>();
    const settings = settingsFor(server);
    const page = (enabled: boolean) => (
      <RingdraftProvider settings={settings}>
        <Realtime draftId={DRAFT_ID} enabled={enabled} seen={seen} />
      </RingdraftProvider>
    );
    await show(page(false));
    expect(server.sockets).toHaveLength(0);
    expect(seen.mock.lastCall?.[0]).toMatchObject({ status: 'offline', lastEventTs: null, wsConnecting: false });
    await show(page(true));
    expect(server.openSockets).toHaveLength(1);
    await show(page(false));
    expect(server.openSockets).toHaveLength(0);
  });

  it('reports what stopped it', async () => {
    const onError = vi.fn();
    server.refusal = { status: 404, code: 'not_found' };
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} seen={vi.fn()} onError={onError} />
      </RingdraftProvider>,
    );
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 404, code: 'not_found' }));
  });

  it('gives the problem, and begins again on retry', async () => {
    const seen = vi.fn<(realtime: DraftRealtime) => void>();
    server.refusal = { status: 404, code: 'not_found' };
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} seen={seen} />
      </RingdraftProvider>,
    );
    const last = () => seen.mock.lastCall?.[0];
    expect(last()).toMatchObject({ status: 'offline', problem: { code: 'not_found' } });
    server.refusal = null;
    await after(A_MOMENT, () => last()?.retry());
    expect(last()).toMatchObject({ status: 'ws', problem: null });
  });

  it('asks for what is new on refresh', async () => {
    const seen = vi.fn<(realtime: DraftRealtime) => void>();
    const onSegmentAdded = vi.fn();
    server.socketsAreUp = false;
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} from={{ revision: 1, epoch: 'e1' }} seen={seen} onSegmentAdded={onSegmentAdded} />
      </RingdraftProvider>,
    );
    server.holdsPolls = false;
    server.write('one');
    await after(A_MOMENT, () => seen.mock.lastCall?.[0].refresh());
    expect(onSegmentAdded).toHaveBeenCalledOnce();
  });

  it('begins after the position of what the app has read, at its first connection', async () => {
    const onSegmentAdded = vi.fn<(segment: Segment) => void>();
    const settings = settingsFor(server);
    const page = (enabled: boolean, revision: number) => (
      <RingdraftProvider settings={settings}>
        <Realtime
          draftId={DRAFT_ID}
          enabled={enabled}
          from={{ revision, epoch: 'e1' }}
          seen={vi.fn()}
          onSegmentAdded={onSegmentAdded}
        />
      </RingdraftProvider>
    );
    server.write('one');
    await show(page(false, 1));
    server.write('two');
    await show(page(true, 2));
    expect(onSegmentAdded.mock.calls.map(([{ content }]) => content)).toEqual(['two']);
    await show(page(true, 1));
    expect(server.sockets).toHaveLength(1);
  });

  it('gives the whole draft first when it is asked to', async () => {
    const onSnapshot = vi.fn();
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} from="snapshot" seen={vi.fn()} onSnapshot={onSnapshot} />
      </RingdraftProvider>,
    );
    expect(onSnapshot).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ draft_id: DRAFT_ID, revision: 1 }));
  });

  it('follows the draft that it is given', async () => {
    const settings = settingsFor(server);
    const page = (draftId: string) => (
      <RingdraftProvider settings={settings}>
        <Realtime draftId={draftId} seen={vi.fn()} />
      </RingdraftProvider>
    );
    await show(page(DRAFT_ID));
    await show(page(OTHER_DRAFT_ID));
    expect(server.socket.url.pathname).toBe(`/v1/ws/drafts/${OTHER_DRAFT_ID}`);
  });
});

describe('useDraft', () => {
  it('gives the draft, live, and the means to write in it', async () => {
    const seen = vi.fn<(draft: UseDraftResult) => void>();
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Draft userId={ANA} seen={seen} />
      </RingdraftProvider>,
    );
    const last = () => seen.mock.lastCall?.[0];
    expect(last()).toMatchObject({ status: 'ws', holdsRing: true, pending: [], rejected: [], presence: [] });
    await after(1, () => last()?.append('Once upon a time'));
    expect(last()?.pending).toMatchObject([{ content: 'Once upon a time', state: 'sending' }]);
    await after(A_MOMENT);
    expect(last()?.pending).toEqual([]);
    expect(last()?.draft?.segments).toMatchObject([{ content: 'Once upon a time' }]);
    await after(A_MOMENT, () => last()?.passRing(BEN));
    expect(last()?.holdsRing).toBe(false);
  });

  it('keeps to one socket in StrictMode, and misses nothing', async () => {
    const seen = vi.fn<(draft: UseDraftResult) => void>();
    await show(
      <StrictMode>
        <RingdraftProvider settings={settingsFor(server)}>
          <Draft userId={ANA} seen={seen} />
        </RingdraftProvider>
      </StrictMode>,
    );
    expect(server.sockets).toHaveLength(1);
    await after(A_MOMENT, () => server.write('one'));
    expect(seen.mock.lastCall?.[0].draft?.segments).toHaveLength(1);
  });

  it('holds two drafts at once, apart from each other', async () => {
    const other = new FakeServer(newDraft({ draft_id: OTHER_DRAFT_ID, title: 'Another' }));
    const seen = vi.fn<(draft: UseDraftResult) => void>();
    const seenOther = vi.fn<(draft: UseDraftResult) => void>();
    await show(
      <>
        <RingdraftProvider settings={settingsFor(server)}>
          <Draft userId={ANA} seen={seen} />
        </RingdraftProvider>
        <RingdraftProvider settings={settingsFor(other)}>
          <Draft draftId={OTHER_DRAFT_ID} userId={ANA} seen={seenOther} />
        </RingdraftProvider>
      </>,
    );
    await after(A_MOMENT, () => other.write('elsewhere'));
    expect(seen.mock.lastCall?.[0].draft).toMatchObject({ title: 'The lighthouse', segments: [] });
    expect(seenOther.mock.lastCall?.[0].draft).toMatchObject({
      title: 'Another',
      segments: [{ content: 'elsewhere' }],
    });
  });

  it('asks for a provider', async () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(show(<Draft userId={ANA} seen={vi.fn()} />)).rejects.toThrow('no RingdraftProvider above');
    silenced.mockRestore();
  });
});

describe('a component that is gone', () => {
  const callbacks = ['onEvent', 'onSegmentAdded', 'onRingPassed', 'onSnapshot', 'onError'] as const;

  /** Everything that a hook may report, over a socket and by polling. */
  async function happen(): Promise<void> {
    await after(A_MOMENT, () => {
      server.write('one');
      server.pass(BEN);
      server.restore('e2', 40);
      server.openSockets.forEach((socket) => {
        socket.closeFromServer(4001);
      });
      server.socketsAreUp = false;
    });
    await after(4_000, () => {
      server.write('two');
      server.pass(ANA);
      server.write('three');
    });
    server.refusal = { status: 404, code: 'not_found' };
    await after(60_000);
  }

  it.each(callbacks)('hears nothing after it was taken away in %s', async (last) => {
    const heard: string[] = [];
    const options = Object.fromEntries(
      callbacks.map((name) => [
        name,
        () => {
          heard.push(name);
          if (name === last) root.unmount();
        },
      ]),
    );
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Realtime draftId={DRAFT_ID} seen={vi.fn()} {...options} />
      </RingdraftProvider>,
    );
    await happen();
    expect(heard.at(-1)).toBe(last);
    expect(heard.filter((name) => name === last)).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not begun again by what it was given: refresh and announce do nothing', async () => {
    const seen = vi.fn<(draft: UseDraftResult) => void>();
    await show(
      <RingdraftProvider settings={settingsFor(server)}>
        <Draft userId={ANA} seen={seen} />
      </RingdraftProvider>,
    );
    const session = seen.mock.lastCall?.[0];
    act(() => {
      root.unmount();
    });
    const { length } = server.asked;
    await after(60_000, () => {
      session?.refresh();
      session?.announce('typing');
    });
    expect(server.asked).toHaveLength(length);
    expect(server.openSockets).toHaveLength(0);
  });
});
