import type { Draft, PresentUser, RingState, Segment } from '../src/draft.js';
import type { Environment, Page, PageChange, TabSemaphore, WebSocketLike } from '../src/environment.js';
import type { KnownEvent, ServerFrame } from '../src/frames.js';
import { ANA, DRAFT_ID, NOON, newDraft } from './cast.js';

/** How long every answer and every frame takes; small, and never nothing. */
export const LATENCY_MS = 5;
const WINDOW = 1_000;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type EventBody = KnownEvent extends infer Event
  ? Event extends KnownEvent
    ? Pick<Event, 'type' | 'data'>
    : never
  : never;

/** What a page was asked for, in the order of asking. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly at: number;
}

/**
 * A server of one draft, in the process of the test: the part of the contract that a client sees. Its state is kept the
 * plain way, by changing it, so that it says something about the reducer.
 */
export class FakeServer {
  readonly draft: Mutable<Draft>;
  events: KnownEvent[] = [];
  readonly asked: Asked[] = [];
  readonly sockets: FakeSocket[] = [];
  /** Refused, or gone: no answer from REST, or no socket. */
  restIsUp = true;
  socketsAreUp = true;
  /** A refusal for every request and handshake. */
  refusal: { status: number; code: string; headers?: Record<string, string> } | null = null;
  /** Refuses the next mutations, each once, before or after they take effect. */
  readonly faults: (
    'lost request' | 'lost answer' | { status: number; code: string; headers?: Record<string, string> }
  )[] = [];
  holdsPolls = true;
  /** How many requests wait for something to happen. */
  held = 0;
  answersPings = true;
  pingIntervalMs = 30_000;
  presence: readonly PresentUser[] = [];
  private readonly receipts = new Map<string, { status: number; body: unknown }>();
  private waiting: (() => void)[] = [];

  constructor(draft: Draft = newDraft()) {
    this.draft = { ...draft };
  }

  get openSockets(): readonly FakeSocket[] {
    return this.sockets.filter((socket) => socket.isOpen);
  }

  /** The only open socket. */
  get socket(): FakeSocket {
    const [only, ...others] = this.openSockets;
    if (only === undefined || others.length > 0) throw new Error(`${String(this.openSockets.length)} open sockets`);
    return only;
  }

  asksFor(path: string): readonly Asked[] {
    return this.asked.filter((asked) => asked.path.endsWith(path));
  }

  /** What a browser would offer; what is given replaces parts of it. */
  environment(replaced: Partial<Environment> = {}): Partial<Environment> {
    return {
      fetch: this.fetch,
      openWebSocket: (url, protocols) => new FakeSocket(this, new URL(url), protocols),
      random: () => 0.5,
      page: new FakePage(),
      storage: null,
      locks: null,
      longPolls: { tryAcquire: () => Promise.resolve(() => undefined) },
      ...replaced,
    };
  }

  write(content: string, author = ANA): Segment {
    const now = new Date().toISOString();
    const segment: Segment = {
      segment_id: `s${String(this.draft.segment_count)}`,
      draft_id: this.draft.draft_id,
      author_user_id: author,
      content,
      position: this.draft.segment_count,
      created_at: now,
    };
    this.draft.segments = [...this.draft.segments, segment];
    this.draft.segment_count += 1;
    this.draft.ring_state = { ...this.draft.ring_state, turn_segments: this.draft.ring_state.turn_segments + 1 };
    const { segment_id, author_user_id, position, created_at } = segment;
    this.commit(author, {
      type: 'collab.segment_added',
      data: { segment_id, content, author_user_id, position, created_at },
    });
    return segment;
  }

  pass(to: string, by?: string): RingState {
    const from = this.draft.ring_state.current_holder_id;
    const term = this.draft.ring_state.term + 1;
    const now = new Date().toISOString();
    this.changeRing({
      current_holder_id: to,
      term,
      holders_history: [...this.draft.ring_state.holders_history, to].slice(-50),
      passed_at: now,
      turn_started_at: now,
      turn_segments: 0,
      requests: this.draft.ring_state.requests.filter(({ user_id }) => user_id !== to),
    });
    this.commit(by ?? from, {
      type: 'collab.ring_passed',
      data: { from_user_id: from, to_user_id: to, term, reason: by === undefined ? 'passed' : 'revoked' },
    });
    return this.draft.ring_state;
  }

  private changeRing(part: Partial<RingState>): void {
    const ring = { ...this.draft.ring_state, ...part };
    const { creator_id: creator } = this.draft;
    // Enough for drafts whose only other members are those who ask.
    const next = ring.requests[0]?.user_id ?? (ring.current_holder_id === creator ? null : creator);
    this.draft.ring_state = { ...ring, next_user_id: next };
  }

  request(user: string): number {
    const requested_at = new Date().toISOString();
    const requests = [...this.draft.ring_state.requests, { user_id: user, requested_at }];
    this.changeRing({ requests });
    this.commit(user, { type: 'collab.ring_requested', data: { user_id: user, requested_at } });
    return requests.length;
  }

  removeRequest(user: string, by: string): void {
    this.changeRing({ requests: this.draft.ring_state.requests.filter(({ user_id }) => user_id !== user) });
    const reason = user === by ? 'withdrawn' : 'declined';
    this.commit(by, { type: 'collab.ring_request_removed', data: { user_id: user, reason } });
  }

  setAway(user: string, away: boolean, by: string): void {
    const others = this.draft.ring_state.away.filter((other) => other !== user);
    this.changeRing({ away: away ? [...others, user] : others });
    const reason = user === by ? 'self' : 'creator';
    this.commit(by, { type: 'collab.collaborator_updated', data: { collaborator_id: user, away, reason } });
  }

  /** A backup is restored over this history: another epoch, with `revision` as its head. */
  restore(epoch: string, revision: number): void {
    this.draft.epoch = epoch;
    this.draft.revision = revision;
    this.events = [];
  }

  /** A draft of so many segments, whose events are not kept. */
  fill(count: number): void {
    const segments = Array.from({ length: count }, (_, position): Segment => ({
      segment_id: `s${String(position)}`,
      draft_id: this.draft.draft_id,
      author_user_id: ANA,
      content: `text ${String(position)}`,
      position,
      created_at: NOON,
    }));
    Object.assign(this.draft, { segments, segment_count: count, revision: count + 1 });
  }

  /** The last of the history is lost, in the same epoch: what a client saw of it is not known any more. */
  lose(count: number): void {
    const segments = this.draft.segments.slice(0, -count);
    Object.assign(this.draft, {
      segments,
      segment_count: segments.length,
      revision: this.draft.revision - count,
    });
    this.events = this.events.slice(0, -count);
  }

  private commit(user: string, body: EventBody): void {
    this.draft.revision += 1;
    this.draft.updated_at = new Date().toISOString();
    const event = {
      type: body.type,
      draft_id: this.draft.draft_id,
      revision: this.draft.revision,
      ts: this.draft.updated_at,
      user_id: user,
      data: body.data,
    } as KnownEvent;
    this.events.push(event);
    for (const socket of this.openSockets) socket.deliver(event);
    for (const answer of this.waiting.splice(0)) answer();
  }

  eventsAfter(revision: number): readonly KnownEvent[] {
    return this.events.filter((event) => event.revision > revision);
  }

  private readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input as string);
    const { signal } = init ?? {};
    const asked: Asked = {
      method: init?.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {},
      at: Date.now(),
    };
    this.asked.push(asked);
    await passed(LATENCY_MS, signal);
    this.failWhileDown();
    const answer = await this.answer(asked, signal);
    this.failWhileDown();
    return answer;
  };

  private failWhileDown(): void {
    if (!this.restIsUp) throw new TypeError('Failed to fetch');
  }

  private async answer(asked: Asked, signal: AbortSignal | null | undefined): Promise<Response> {
    if (this.refusal !== null) return refused(this.refusal);
    const { method, path } = asked;
    if (path === `/v1/collab/drafts/${this.draft.draft_id}` && method === 'GET') {
      const last = asked.query.get('last_segments');
      const { segments } = this.draft;
      const data = { ...this.draft, segments: last === null ? segments : segments.slice(-Number(last)) };
      return json(200, { data }, { ETag: `"${this.draft.epoch}.${String(this.draft.revision)}"` });
    }
    if (path.endsWith('/events')) return this.answerEvents(asked, signal);
    if (path.endsWith('/segments') && method === 'GET') {
      const [before, limit] = [Number(asked.query.get('before')), Number(asked.query.get('limit') ?? 200)];
      const data = this.draft.segments.slice(Math.max(0, before - limit), before);
      return json(200, { data, epoch: this.draft.epoch });
    }
    if (method !== 'GET') return this.answerMutation(asked);
    return refused({ status: 404, code: 'not_found' });
  }

  private async answerEvents({ query }: Asked, signal: AbortSignal | null | undefined): Promise<Response> {
    const after = Number(query.get('after'));
    const limit = Number(query.get('limit') ?? 500);
    const waitMs = this.holdsPolls ? Number(query.get('wait') ?? 0) * 1_000 : 0;
    if (waitMs > 0 && this.draft.revision <= after) {
      this.held += 1;
      try {
        await Promise.race([passed(waitMs, signal), new Promise<void>((resolve) => this.waiting.push(resolve))]);
      } finally {
        this.held -= 1;
      }
    }
    const { revision, epoch } = this.draft;
    return json(200, { data: this.eventsAfter(after).slice(0, limit), revision, epoch });
  }

  private answerMutation(asked: Asked): Response {
    const fault = this.faults.shift();
    if (fault === 'lost request') throw new TypeError('Failed to fetch');
    if (typeof fault === 'object') return refused(fault);
    const key = asked.headers.get('Idempotency-Key') ?? '';
    const earlier = key === '' ? undefined : this.receipts.get(key);
    const outcome = earlier ?? this.decide(asked);
    this.receipts.set(key, outcome);
    if (fault === 'lost answer') throw new TypeError('Failed to fetch');
    if (outcome.status === 204) return new Response(null, { status: 204 });
    return json(outcome.status, outcome.body, earlier === undefined ? {} : { 'Idempotency-Replayed': 'true' });
  }

  private decide({ method, path, headers, body }: Asked): { status: number; body: unknown } {
    const user = headers.get('X-User-Id') ?? headers.get('Authorization')?.replace('Bearer token-of-', '') ?? '';
    const { term, current_holder_id: holder } = this.draft.ring_state;
    if (body['ring_term'] !== undefined && body['ring_term'] !== term) return problem(409, 'ring_moved', { holder });
    if (path.endsWith('/revoke-ring')) {
      const { to_user_id: to } = body;
      const data = this.pass(typeof to === 'string' ? to : this.draft.creator_id, user);
      return { status: 200, body: { data, revision: this.draft.revision } };
    }
    const member = decodeURIComponent(path.split('/').at(-1) ?? '');
    if (method === 'DELETE') {
      this.removeRequest(member, user);
      return { status: 204, body: null };
    }
    if (method === 'PATCH') {
      const away = body['away'] === true;
      this.setAway(member, away, user);
      const data = { user_id: member, role: 'contributor', joined_at: NOON, away };
      return { status: 200, body: { data, revision: this.draft.revision } };
    }
    if (path.endsWith('/ring-requests')) {
      if (this.draft.ring_state.requests.some(({ user_id }) => user_id === user))
        return problem(409, 'already_requested');
      const position = this.request(user);
      const requested_at = this.draft.ring_state.requests.at(-1)?.requested_at;
      return { status: 201, body: { data: { user_id: user, requested_at, position }, revision: this.draft.revision } };
    }
    if (user !== holder) return problem(403, 'ring_required', { holder });
    if (path.endsWith('/segments')) {
      const data = this.write(String(body['content']), user);
      return { status: 201, body: { data, revision: this.draft.revision } };
    }
    const to = body['to'] === 'next' ? this.draft.ring_state.next_user_id : body['to_user_id'];
    const data = this.pass(String(to));
    return { status: 200, body: { data, revision: this.draft.revision } };
  }
}

/** Both ends of one socket: what the client holds, and what the server does with it. */
export class FakeSocket implements WebSocketLike {
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onclose: WebSocketLike['onclose'] = null;
  onerror: WebSocketLike['onerror'] = null;
  readonly openedAt = Date.now();
  readonly sent: { readonly type: string; readonly token?: string; readonly state?: string }[] = [];
  closedWith: number | null = null;
  isOpen = false;

  constructor(
    private readonly server: FakeServer,
    readonly url: URL,
    readonly protocols: readonly string[],
  ) {
    server.sockets.push(this);
    setTimeout(() => {
      this.accept();
    }, LATENCY_MS);
  }

  private accept(): void {
    if (this.closedWith !== null) return;
    if (!this.server.socketsAreUp || this.server.refusal !== null) {
      this.closeFromServer(1006);
      return;
    }
    this.isOpen = true;
    const { draft } = this.server;
    const after = this.url.searchParams.get('after');
    const epoch = this.url.searchParams.get('epoch');
    const behind = draft.revision - Number(after);
    const resumed = after !== null && epoch === draft.epoch && behind >= 0 && behind <= WINDOW;
    this.deliver({
      type: 'connected',
      draft_id: DRAFT_ID,
      user_id: ANA,
      connection_id: 'c1',
      ts: new Date().toISOString(),
      revision: draft.revision,
      epoch: draft.epoch,
      resumed,
      ping_interval_ms: this.server.pingIntervalMs,
    });
    if (after !== null && !resumed) this.deliver({ type: 'snapshot_required' });
    if (resumed)
      this.server.eventsAfter(Number(after)).forEach((event) => {
        this.deliver(event);
      });
    if (this.url.searchParams.get('presence') !== 'false') {
      this.deliver({ type: 'presence_state', users: this.server.presence });
    }
  }

  deliver(frame: ServerFrame): void {
    this.deliverText(JSON.stringify(frame));
  }

  deliverText(text: string): void {
    if (this.isOpen) this.onmessage?.({ data: text } as MessageEvent);
  }

  closeFromServer(code: number, reason = ''): void {
    if (this.closedWith !== null) return;
    this.isOpen = false;
    this.closedWith = code;
    this.onclose?.({ code, reason } as CloseEvent);
  }

  send(data: string): void {
    const message = JSON.parse(data) as { type: string };
    this.sent.push(message);
    if (message.type === 'ping' && this.server.answersPings) {
      setTimeout(() => {
        this.deliver({ type: 'pong', ts: new Date().toISOString(), revision: this.server.draft.revision });
      }, LATENCY_MS);
    }
  }

  close(code = 1005): void {
    this.isOpen = false;
    this.closedWith = code;
  }
}

/** A page that a test shows, hides and takes back to the network. */
export class FakePage implements Page {
  private visible = true;
  private readonly listeners = new Set<(change: PageChange) => void>();

  readonly isVisible = (): boolean => this.visible;

  isOnNetwork = true;

  readonly isOnline = (): boolean => this.isOnNetwork;

  readonly onChange = (listener: (change: PageChange) => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  get watchers(): number {
    return this.listeners.size;
  }

  show(): void {
    this.visible = true;
    this.notify('visible');
  }

  hide(): void {
    this.visible = false;
    this.notify('hidden');
  }

  notify(change: PageChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}

/** Storage that two tabs share; each tab sees what the other does. */
export class FakeStorage {
  readonly texts = new Map<string, string>();
  isFull = false;
  private readonly tabs = new Map<symbol, Set<() => void>>();

  tab(): NonNullable<Environment['storage']> {
    const self = Symbol('tab');
    const own = new Set<() => void>();
    this.tabs.set(self, own);
    const tellOthers = () => {
      for (const [tab, listeners] of this.tabs)
        if (tab !== self)
          listeners.forEach((listener) => {
            listener();
          });
    };
    return {
      names: () => [...this.texts.keys()],
      read: (name) => this.texts.get(name) ?? null,
      write: (name, text) => {
        if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
        this.texts.set(name, text);
        tellOthers();
      },
      remove: (name) => {
        this.texts.delete(name);
        tellOthers();
      },
      onChange: (listener) => {
        own.add(listener);
        return () => own.delete(listener);
      },
    };
  }
}

/** The semaphore that the tabs of one browser share. */
export class FakeSemaphore implements TabSemaphore {
  taken = 0;

  constructor(private readonly permits: number) {}

  readonly tryAcquire: TabSemaphore['tryAcquire'] = () => {
    if (this.taken >= this.permits) return Promise.resolve(null);
    this.taken += 1;
    let isHeld = true;
    return Promise.resolve(() => {
      if (!isHeld) throw new Error('given back twice');
      isHeld = false;
      this.taken -= 1;
    });
  };
}

/** Web Locks between tabs of one test. */
export function fakeLocks(): NonNullable<Environment['locks']> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    exclusively: (_name, work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function passed(waitMs: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(resolve, waitMs);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
  });
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

function problem(status: number, code: string, values: Record<string, unknown> = {}) {
  return { status, body: { type: 'about:blank', title: code, status, detail: `refused: ${code}`, code, ...values } };
}

function refused({
  status,
  code,
  headers,
}: {
  status: number;
  code: string;
  headers?: Record<string, string>;
}): Response {
  return json(status, problem(status, code).body, headers);
}
