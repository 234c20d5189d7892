import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bearer, developmentUser } from '../src/credentials.js';
import type { ServerFrame } from '../src/frames.js';
import {
  SocketNotOpened,
  getWsUrl,
  isCollaboratorAddedEvent,
  isCollaboratorRemovedEvent,
  isCollaboratorUpdatedEvent,
  isDraftCreatedEvent,
  isDraftEvent,
  isDraftUpdatedEvent,
  isRingPassedEvent,
  isRingRequestedEvent,
  isRingRequestRemovedEvent,
  isSegmentAddedEvent,
  openDraftSocket,
  parseEvent,
  type DraftSocketOptions,
} from '../src/realtime.js';
import { ANA, DRAFT_ID, NOON, segmentAdded } from './cast.js';
import { FakeServer } from './fakeServer.js';

describe('getWsUrl', () => {
  it.each([
    ['https://drafts.example', 'wss://drafts.example/v1/ws/drafts/d1'],
    ['http://localhost:8080/', 'ws://localhost:8080/v1/ws/drafts/d1'],
    ['wss://drafts.example/under/', 'wss://drafts.example/under/v1/ws/drafts/d1'],
  ])('of %s is %s', (baseUrl, url) => {
    expect(getWsUrl('d1', { baseUrl })).toBe(url);
  });

  it('names what is asked for, and nothing else', () => {
    const options = { baseUrl: 'http://h', after: 0, epoch: 'e 1&x', presence: false, echo: false };
    expect(getWsUrl('a/b?c', options)).toBe(
      'ws://h/v1/ws/drafts/a%2Fb%3Fc?after=0&epoch=e+1%26x&presence=false&echo=false',
    );
    expect(getWsUrl('d1', { baseUrl: 'http://h', presence: true, echo: true })).toBe('ws://h/v1/ws/drafts/d1');
  });

  it('takes the origin of the page, and says so where there is none', () => {
    expect(() => getWsUrl('d1')).toThrow('baseUrl: absent (expected: a URL, where there is no page)');
    vi.stubGlobal('location', { origin: 'https://page.example' });
    expect(getWsUrl('d1')).toBe('wss://page.example/v1/ws/drafts/d1');
    vi.unstubAllGlobals();
  });
});

describe('parseEvent', () => {
  it('takes the text of a message, or what was parsed from it', () => {
    const event = segmentAdded(2, 0);
    expect(parseEvent(JSON.stringify(event))).toEqual(event);
    expect(parseEvent(event)).toEqual(event);
  });

  it.each([['{'], ['null'], ['[]'], ['"connected"'], ['{"type":7}'], [undefined], [new Uint8Array(3)]])(
    '%s is no frame',
    (data) => {
      expect(parseEvent(data)).toBeNull();
    },
  );

  it('passes unknown types as unknown: with a revision they are events', () => {
    const { data, ...envelope } = segmentAdded(2, 0);
    const event = parseEvent({ ...envelope, type: 'collab.renamed', data: { a: 1 } });
    expect(event).toEqual({ ...envelope, type: 'unknown', name: 'collab.renamed' });
    expect(event !== null && isDraftEvent(event)).toBe(true);
    const frame = parseEvent({ type: 'weather', sunny: true });
    expect(frame).toEqual({ type: 'unknown', name: 'weather' });
    expect(frame !== null && isDraftEvent(frame)).toBe(false);
  });

  it('does not take a frame that calls itself unknown for a known one', () => {
    expect(parseEvent({ type: 'unknown', name: 'connected' })).toEqual({ type: 'unknown', name: 'unknown' });
    expect(parseEvent({ type: 'constructor' })).toEqual({ type: 'unknown', name: 'constructor' });
  });

  it('leaves out fields that it does not know', () => {
    expect(parseEvent({ type: 'pong', ts: NOON, revision: 3, mood: 'good' })).toEqual({
      type: 'pong',
      ts: NOON,
      revision: 3,
    });
  });

  it.each([0, -1, 1.5, 2 ** 53, '2', null])('refuses the revision %s', (revision) => {
    expect(parseEvent({ ...segmentAdded(2, 0), revision })).toBeNull();
  });
});

describe('the type guards', () => {
  const guards = {
    'collab.segment_added': isSegmentAddedEvent,
    'collab.ring_passed': isRingPassedEvent,
    'collab.collaborator_added': isCollaboratorAddedEvent,
    'collab.collaborator_removed': isCollaboratorRemovedEvent,
    'collab.collaborator_updated': isCollaboratorUpdatedEvent,
    'collab.ring_requested': isRingRequestedEvent,
    'collab.ring_request_removed': isRingRequestRemovedEvent,
    'collab.draft_updated': isDraftUpdatedEvent,
    'collab.draft_created': isDraftCreatedEvent,
  };

  it.each(Object.keys(guards))('know %s from all others', (type) => {
    const frame = { type } as ServerFrame;
    const says = Object.entries(guards).filter(([, guard]) => guard(frame));
    expect(says.map(([name]) => name)).toEqual([type]);
  });
});

describe('developmentUser', () => {
  it.each(['', 'ana maria', 'zoë', 'a\nb', 'x'.repeat(129)])('refuses %j, which no header can carry', (userId) => {
    expect(() => developmentUser(userId)).toThrow(RangeError);
  });
});

describe('openDraftSocket', () => {
  let server: FakeServer;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: new Date(NOON) });
    server = new FakeServer();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function open(part: Partial<DraftSocketOptions> = {}) {
    const frames: ServerFrame[] = [];
    const closings: unknown[] = [];
    const opening = openDraftSocket(DRAFT_ID, {
      baseUrl: 'https://drafts.example',
      credentials: developmentUser(ANA),
      onFrame: (frame) => frames.push(frame),
      onClose: (closing) => closings.push(closing),
      environment: server.environment(),
      ...part,
    });
    const failure = opening.then(
      () => null,
      (error: unknown) => error,
    );
    return { opening, failure, frames, closings };
  }

  it('is open once the server said connected, and reports every frame from then on', async () => {
    const { opening, frames, closings } = open();
    await vi.advanceTimersByTimeAsync(100);
    const socket = await opening;
    expect(socket.connected).toMatchObject({ draft_id: DRAFT_ID, revision: 1, epoch: 'e1' });
    server.write('one');
    expect(frames.map(({ type }) => type)).toEqual(['connected', 'presence_state', 'collab.segment_added']);
    socket.send({ type: 'ping' });
    expect(server.socket.sent).toEqual([{ type: 'ping' }]);
    server.socket.closeFromServer(4000, 'draining');
    expect(closings).toEqual([{ code: 4000, reason: 'draining' }]);
    socket.send({ type: 'ping' });
    expect(server.sockets[0]?.sent).toHaveLength(1);
  });

  it('hears nothing that comes before connected', async () => {
    const { frames } = open();
    await vi.advanceTimersByTimeAsync(1);
    const [socket] = server.sockets;
    if (socket === undefined) throw new Error('no socket');
    socket.isOpen = true;
    socket.deliver({ type: 'pong', ts: NOON, revision: 1 });
    expect(frames).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(frames.map(({ type }) => type)).toEqual(['connected', 'presence_state']);
  });

  it.each([
    ["o'brien (ana)*!", 'user.o%27brien%20%28ana%29%2A%21'],
    ['zoë', 'user.zo%C3%AB'],
    ['ana', 'user.ana'],
  ])('says %s as a legal token of a header', async (userId, protocol) => {
    const { opening } = open({ credentials: { kind: 'development', userId } });
    await vi.advanceTimersByTimeAsync(100);
    await opening;
    expect(server.socket.protocols).toEqual(['collab.v1', protocol]);
    expect(protocol).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
  });

  it('is given up after 10 s, and the socket behind it closed', async () => {
    const close = vi.fn();
    const silent = { onopen: null, onmessage: null, onclose: null, onerror: null, send: vi.fn(), close };
    const { failure } = open({ environment: server.environment({ openWebSocket: () => silent }) });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure).toEqual(new SocketNotOpened('not connected after 10000 ms', null));
    expect(close).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts the time that the token takes', async () => {
    const { failure } = open({ credentials: bearer(() => new Promise(() => undefined)), timeoutMs: 500 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await failure).toMatchObject({ message: 'not connected after 500 ms' });
    expect(server.sockets).toHaveLength(0);
  });

  it('reports the close code of a refused one', async () => {
    server.socketsAreUp = false;
    const { failure, closings } = open();
    await vi.advanceTimersByTimeAsync(100);
    expect(await failure).toMatchObject({ name: 'SocketNotOpened', code: 1006 });
    expect(closings).toEqual([]);
  });

  it('fails when there is no token, or when the browser refuses it', async () => {
    const noToken = open({ credentials: bearer(() => Promise.reject(new Error('signed out'))) });
    expect(await noToken.failure).toMatchObject({ message: 'no token', cause: new Error('signed out') });
    const environment = server.environment({
      openWebSocket: () => {
        throw new SyntaxError('illegal subprotocol');
      },
    });
    const illegal = open({ environment });
    expect(await illegal.failure).toMatchObject({ cause: new SyntaxError('illegal subprotocol') });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be aborted before, during and after', async () => {
    const before = open({ signal: AbortSignal.abort(new Error('not now')) });
    expect(await before.failure).toEqual(new Error('not now'));

    const during = new AbortController();
    const opening = open({ signal: during.signal });
    during.abort(new Error('too late'));
    expect(await opening.failure).toEqual(new Error('too late'));
    await vi.advanceTimersByTimeAsync(100);
    expect(server.sockets).toHaveLength(0);

    const after = new AbortController();
    const { opening: opened, closings } = open({ signal: after.signal });
    await vi.advanceTimersByTimeAsync(100);
    await opened;
    after.abort();
    expect(server.openSockets).toHaveLength(0);
    expect(closings).toEqual([]);
  });
});
