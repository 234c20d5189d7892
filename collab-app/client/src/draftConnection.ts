import { createApi } from './api.js';
import { ApiProblem, problemFrom } from './apiProblem.js';
import type { CredentialsSource } from './credentials.js';
import { withDeadline, type Deadline } from './deadline.js';
import type { Draft, Position, PresenceState, PresentUser } from './draft.js';
import { resolveEnvironment, type Environment } from './environment.js';
import type { ConnectedFrame, DraftEvent, ServerFrame } from './frames.js';
import { createPollingTransport } from './pollingTransport.js';
import { createAnnouncer, reducePresence } from './presence.js';
import { isDraftEvent } from './realtime.js';
import { createServerClock, type ServerClock } from './serverClock.js';
import { createSocketTransport } from './socketTransport.js';
import { createSource, type Subscribable } from './subscribable.js';
import { notify } from './notify.js';

/** `ws`: live; `polling`: up to date by asking; `offline`: neither works at the moment. */
export type ConnectionStatus = 'ws' | 'polling' | 'offline';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** True while a socket is being opened. */
  readonly wsConnecting: boolean;
  /** The instant of the last event that was seen, as the server gave it. */
  readonly lastEventTs: string | null;
  /**
   * Why there is no connection; null while there is one, and before the first attempt has failed. `offline` is a device
   * without a network, `credentials_unavailable` a sign-in that gives no token; both are tried again.
   */
  readonly problem: ApiProblem | null;
  /** True when the connection has given up because of `problem`: it begins again by a new start alone. */
  readonly hasGivenUp: boolean;
}

export interface DraftConnectionOptions {
  readonly draftId: string;
  readonly credentials: CredentialsSource;
  readonly baseUrl?: string;
  /**
   * `snapshot` fetches the draft first; `now`, the default, sees what happens from here on; a position resumes after
   * it. Read at the first start.
   */
  readonly from?: 'snapshot' | 'now' | Position;
  /** Limits a snapshot to the last segments; it has all when left out. */
  readonly lastSegments?: number;
  /** False keeps presence away; true when left out. */
  readonly presence?: boolean;
  /** Each event once, in order of revision, whatever way it came. */
  readonly onEvent?: (event: DraftEvent) => void;
  /** The whole draft; events go on after its revision. Older than what came before only if the server has lost that. */
  readonly onSnapshot?: (draft: Draft) => void;
  /** Who is here; empty while that is not known. */
  readonly onPresence?: (users: readonly PresentUser[]) => void;
  /** Each new `problem` of the state, once until it is over, and what the server complained about. */
  readonly onError?: (problem: ApiProblem) => void;
  /** Learns the server's time from the connection. */
  readonly serverClock?: ServerClock;
  readonly environment?: Partial<Environment>;
}

/**
 * The connection to one draft, with a transport fallback: a socket; while there is none, polling; while that fails too,
 * offline; and back up as soon as it works again. The position (revision and epoch) is kept here, so that each event is
 * delivered once, in order, whatever way it came. What is missing is asked for, never waited for: an event that leaves
 * a gap is dropped and comes again with those before it.
 */
export interface DraftConnection extends Subscribable<ConnectionState> {
  /** Begins, or begins again after `stop` or a problem, from the last position. */
  readonly start: () => void;
  /** Ends everything. Listeners see the last state before it returns; after that nothing is called. */
  readonly stop: () => void;
  /** Asks at once for what is missing; `snapshot` fetches the draft whole. */
  readonly resume: (how?: 'events' | 'snapshot') => void;
  /** Sends what the user does, while there is a socket. May be called at each keystroke: no state is sent twice. */
  readonly announce: (state: PresenceState) => void;
  /** The server's time in milliseconds since the Unix epoch; null until it is known. */
  readonly serverNow: () => number | null;
}

export const disconnected: ConnectionState = {
  status: 'offline',
  wsConnecting: false,
  lastEventTs: null,
  problem: null,
  hasGivenUp: false,
};

const catchUpTimeoutMs = 10_000;
/** So long one server may be behind another; a draft that is older after that has lost what came later. */
const serverLagMs = 10_000;
const eventsPerPage = 500;
/** Further behind than this, the draft is fetched whole. */
const maxPages = 2;

export function createDraftConnection(options: DraftConnectionOptions): DraftConnection {
  const { draftId, credentials, baseUrl } = options;
  const suffix = options.lastSegments === undefined ? {} : { lastSegments: options.lastSegments };
  const environment = resolveEnvironment(options.environment);
  const serverClock = options.serverClock ?? createServerClock(environment.clock);
  const server = baseUrl === undefined ? {} : { baseUrl };
  const api = createApi({ credentials, fetch: environment.fetch, serverClock, ...server });
  const { state, subscribe, replace } = createSource(disconnected);

  let hasBegun = false;
  let position: Position | null = null;
  let wantsSnapshot = false;
  /** Since when servers do not know the position; null while they do. */
  let unknownSince: number | null = null;
  /** The latest revision that the socket spoke of; beyond the position, something is missing. */
  let head = 0;
  let lastPong = 0;
  let presence: readonly PresentUser[] = [];
  let run: AbortController | null = null;
  /** By the caller, not by a problem. */
  let stopped = true;
  let catchingUp: AbortController | null = null;
  let endPageWatch: (() => void) | null = null;

  function change(part: Partial<ConnectionState>): void {
    const before = state();
    const after = { ...before, ...part };
    const isSame =
      after.status === before.status &&
      after.wsConnecting === before.wsConnecting &&
      after.lastEventTs === before.lastEventTs &&
      after.problem === before.problem &&
      after.hasGivenUp === before.hasGivenUp;
    if (!isSame) replace(after);
  }

  const socketTransport = createSocketTransport({
    draftId,
    baseUrl,
    credentials,
    environment,
    serverClock,
    presence: options.presence ?? true,
    position: () => position,
    onConnecting: (wsConnecting) => {
      change({ wsConnecting });
    },
    onFrame: receive,
    onDown: () => {
      forgetPresence();
      if (state().status === 'ws') change({ status: 'polling' });
      if (run !== null) pollingTransport.start();
    },
    onClosedForGood: (code, reason) => {
      giveUp(problemOfClosing(code, reason));
    },
  });

  const pollingTransport = createPollingTransport({
    environment,
    ask,
    onAnswer: () => {
      change({ status: 'polling', problem: null });
      if (run !== null) socketTransport.start();
    },
    onFailure: (problem) => {
      if (problem.isFinalForReaders) {
        giveUp(problem);
        return;
      }
      const current = run;
      const why = environment.page.isOnline() || problem.status > 0 ? problem : withoutNetwork(problem);
      const isNew = state().problem?.code !== why.code;
      change({ status: 'offline', ...(isNew ? { problem: why } : {}) });
      if (run !== null && (!wantsSnapshot || position !== null)) socketTransport.start();
      if (isNew && current !== null && run === current) notify(options.onError, why);
    },
  });

  /** Asks REST for what came after the position, or for the whole draft; true when there was something new. */
  async function ask(waitSeconds: number, deadline: Deadline): Promise<boolean> {
    const { signal } = deadline;
    const before = position;
    const isNew = () => before === null || position?.epoch !== before.epoch || position.revision !== before.revision;
    for (let page = 0; page < maxPages && !wantsSnapshot && position !== null; page += 1) {
      const { revision: after, epoch } = position;
      const wait = page === 0 && waitSeconds > 0 ? { waitSeconds } : {};
      const answer = await api.eventsAfter(draftId, after, { limit: eventsPerPage, ...deadline, ...wait });
      signal.throwIfAborted();
      if (answer.epoch !== epoch || answer.revision < after) {
        forgetPosition();
        break;
      }
      for (const event of answer.events) {
        take(event);
        signal.throwIfAborted();
      }
      if (position.revision >= answer.revision) return isNew();
      if (position.revision === after) break;
    }
    const read = await api.readDraft(draftId, { ...deadline, ...suffix });
    signal.throwIfAborted();
    if (read.modified) adopt(read.draft);
    return isNew();
  }

  function forgetPosition(): void {
    wantsSnapshot = true;
    unknownSince ??= environment.clock.monotonic();
  }

  function adopt(draft: Draft): void {
    const isOlder = position?.epoch === draft.epoch && draft.revision < position.revision;
    const unknownMs = unknownSince === null ? null : environment.clock.monotonic() - unknownSince;
    if (isOlder && unknownMs !== null && unknownMs < serverLagMs) return;
    wantsSnapshot = false;
    unknownSince = null;
    if (isOlder) {
      if (unknownMs === null) return;
      head = draft.revision;
    }
    position = { revision: draft.revision, epoch: draft.epoch };
    notify(options.onSnapshot, draft);
  }

  /** Delivers the next event; drops a known one, and one before which others are missing. */
  function take(event: DraftEvent): void {
    head = Math.max(head, event.revision);
    if (position === null || wantsSnapshot || event.revision !== position.revision + 1) return;
    const current = run;
    change({ lastEventTs: event.ts });
    // A listener has stopped it: the event comes again after a new start.
    if (run !== current) return;
    position = { ...position, revision: event.revision };
    notify(options.onEvent, event);
  }

  function receive(frame: ServerFrame): void {
    if (isDraftEvent(frame)) {
      take(frame);
      if (isBehind()) void catchUp();
      return;
    }
    switch (frame.type) {
      case 'connected':
        connected(frame);
        return;
      case 'snapshot_required':
        forgetPosition();
        void catchUp();
        return;
      case 'presence_state':
      case 'presence_diff':
        presence = reducePresence(presence, frame);
        notify(options.onPresence, presence);
        return;
      case 'pong':
        // An event may be on its way behind a pong; only what is still missing at the next one is lost.
        if (position !== null && position.revision < lastPong) socketTransport.drop();
        else lastPong = frame.revision;
        return;
      case 'error':
        notify(options.onError, new ApiProblem({ status: 0, title: 'A message was refused', ...frame }));
        return;
      case 'auth_expiring':
      case 'draining':
      case 'unknown':
        return;
    }
  }

  function connected({ revision, epoch, resumed }: ConnectedFrame): void {
    pollingTransport.stop();
    change({ status: 'ws', problem: null });
    lastPong = 0;
    if (position === null) {
      position = { revision, epoch };
      head = revision;
      return;
    }
    if (!resumed) head = Math.max(head, revision);
    if (isBehind()) void catchUp();
  }

  function isBehind(): boolean {
    return position !== null && (wantsSnapshot || head > position.revision);
  }

  /**
   * Fetches what the open socket will not send again. One at a time; a failure gives the socket up, which resumes by
   * itself.
   */
  async function catchUp(): Promise<void> {
    if (run === null || catchingUp === run) return;
    const current = run;
    const { signal } = current;
    catchingUp = current;
    try {
      await withDeadline(environment.clock, catchUpTimeoutMs, signal, (inTime) => ask(0, inTime));
      if (position !== null && head > position.revision) {
        // More came meanwhile; what even the whole draft does not hold is not there.
        await withDeadline(environment.clock, catchUpTimeoutMs, signal, (inTime) => ask(0, inTime));
        head = Math.min(head, position.revision);
      }
      if (wantsSnapshot) socketTransport.drop();
    } catch (thrown) {
      if (signal.aborted) return;
      const problem = problemFrom(thrown);
      if (problem.isFinalForReaders) giveUp(problem);
      else socketTransport.drop();
    } finally {
      if (catchingUp === current) catchingUp = null;
    }
  }

  function forgetPresence(): void {
    if (presence.length === 0) return;
    presence = [];
    notify(options.onPresence, presence);
  }

  function giveUp(problem: ApiProblem): void {
    const current = run;
    forgetPresence();
    if (run !== current) return;
    end({ problem, hasGivenUp: true });
    if (!stopped) notify(options.onError, problem);
  }

  function wake(): void {
    pollingTransport.wake();
    socketTransport.wake();
  }

  function start(): void {
    stopped = false;
    if (run !== null) return;
    if (!hasBegun) {
      const { from = 'now' } = options;
      hasBegun = true;
      position = typeof from === 'object' ? { revision: from.revision, epoch: from.epoch } : null;
      wantsSnapshot ||= from === 'snapshot';
    }
    const current = new AbortController();
    run = current;
    endPageWatch = environment.page.onChange((what) => {
      if (what === 'offline') socketTransport.drop();
      else if (what === 'hidden') pollingTransport.yieldPermit();
      else wake();
    });
    change({ status: 'polling', problem: null, hasGivenUp: false });
    if (run !== current) return;
    if (wantsSnapshot) pollingTransport.start();
    else socketTransport.start();
  }

  function end(last: Partial<ConnectionState>): void {
    run?.abort();
    run = null;
    endPageWatch?.();
    endPageWatch = null;
    pollingTransport.stop();
    socketTransport.stop();
    presence = [];
    // Always another object, so that no listener has still to be called for the state before.
    replace({ ...state(), status: 'offline', wsConnecting: false, ...last });
  }

  return {
    state,
    subscribe,
    start,
    stop() {
      if (stopped) return;
      stopped = true;
      end({});
    },
    resume(how = 'events') {
      if (how === 'snapshot') wantsSnapshot = true;
      if (state().status === 'ws') void catchUp();
      else pollingTransport.wake();
    },
    announce: createAnnouncer(environment.clock.monotonic, (presenceState) => {
      socketTransport.send({ type: 'presence', state: presenceState });
    }),
    serverNow: serverClock.now,
  };
}

function withoutNetwork(cause: ApiProblem): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'offline',
    title: 'No network',
    detail: 'the device has no network',
    cause,
  });
}

const closings: ReadonlyMap<number, { readonly status: number; readonly code: string }> = new Map([
  [4500, { status: 401, code: 'unauthenticated' }],
  [4501, { status: 403, code: 'forbidden' }],
  [4502, { status: 404, code: 'not_found' }],
  [4503, { status: 0, code: 'policy' }],
]);

function problemOfClosing(code: number, reason: string): ApiProblem {
  const known = closings.get(code) ?? { status: 0, code: 'closed_for_good' };
  const detail = reason === '' ? `the server closed the socket with ${String(code)}` : reason;
  return new ApiProblem({ ...known, title: 'The server closed the socket', detail });
}
