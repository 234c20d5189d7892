import { createAccessProbe } from './accessProbe.js';
import { createApi, type Api, type Recipient } from './api.js';
import type { ApiProblem } from './apiProblem.js';
import type { CredentialsSource } from './credentials.js';
import type { Draft, PresenceState, PresentUser } from './draft.js';
import { createDraftConnection, disconnected, type ConnectionState } from './draftConnection.js';
import { createDraftStore, loadedFrom } from './draftStore.js';
import { resolveEnvironment, type Environment } from './environment.js';
import type { DraftEvent } from './frames.js';
import { createOlderSegments } from './olderSegments.js';
import { createOutbox, type AppendEntry, type OutboxEntry, type PassEntry } from './outbox.js';
import { createServerClock } from './serverClock.js';
import { createSource, type Subscribable } from './subscribable.js';
import { notify } from './notify.js';

/** All that a page shows of one draft. */
export interface DraftSessionState extends ConnectionState {
  /** Null until it was read once. Shown from its last segments on; the older ones follow. */
  readonly draft: Draft | null;
  /** The position of the first segment in `draft`; those before it are still to come unless it is 0. */
  readonly loadedFrom: number;
  /** What the server last said; an own pass that is still pending does not count. */
  readonly holdsRing: boolean;
  /** Who is here; empty while that is not known. */
  readonly presence: readonly PresentUser[];
  /** Own commands that the draft does not show yet, oldest first. */
  readonly pending: readonly OutboxEntry[];
  /** Own commands that were refused; each stays until it is taken back. */
  readonly rejected: readonly OutboxEntry[];
}

export interface DraftSessionOptions {
  readonly draftId: string;
  /** The one who writes here; must be whom the credentials name. */
  readonly userId: string;
  readonly credentials: CredentialsSource;
  readonly baseUrl?: string;
  /** Shown until the draft is read, such as one that was kept for a time without a network. */
  readonly initialDraft?: Draft;
  readonly onEvent?: (event: DraftEvent) => void;
  readonly onRejected?: (entry: OutboxEntry, problem: ApiProblem) => void;
  readonly onError?: (problem: ApiProblem) => void;
  readonly environment?: Partial<Environment>;
}

/** A draft as one person sees and writes it: connection, store and outbox in one. Nothing happens before `start`. */
export interface DraftSession extends Subscribable<DraftSessionState> {
  readonly api: Api;
  readonly start: () => void;
  /** Ends everything. Listeners see the last state before it returns; after that only own commands change it. */
  readonly stop: () => void;
  /** Throws `RangeError` while the draft has not been read, and when too much waits already. */
  readonly append: (content: string) => AppendEntry;
  /** Throws `RangeError` as `append` does. */
  readonly passRing: (recipient: Recipient) => PassEntry;
  /** Takes back what was rejected; null when there is no such entry. */
  readonly takeBack: (key: string) => OutboxEntry | null;
  /** Sends again what was set aside; null when there is no such entry. */
  readonly retry: (key: string) => OutboxEntry | null;
  /** Asks now for what is new and sends what waits; after a problem, begins again. Nothing once it is stopped. */
  readonly refresh: () => void;
  /** Sends the others what the user does; may be called at each keystroke. */
  readonly announce: (state: PresenceState) => void;
  /** The server's time in milliseconds since the Unix epoch, for countdowns; null until it is known. */
  readonly serverNow: () => number | null;
}

/** Before anything is known a page is on its way, not offline. */
const unread: DraftSessionState = {
  ...disconnected,
  status: 'polling',
  draft: null,
  loadedFrom: 0,
  holdsRing: false,
  presence: [],
  pending: [],
  rejected: [],
};

/** How many segments are read with the draft, before the older ones. */
const firstSegments = 200;
const betweenReadsMs = 5_000;

export function createDraftSession(options: DraftSessionOptions): DraftSession {
  const { draftId, userId, credentials } = options;
  const environment = resolveEnvironment(options.environment);
  const server = options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl };
  const serverClock = createServerClock(environment.clock);
  const api = createApi({ credentials, fetch: environment.fetch, serverClock, ...server });
  const { state, subscribe, replace } = createSource(unread);
  const store = createDraftStore();
  let running = false;
  /** Asked anew after each call of a listener, which may stop it. */
  const isRunning = () => running;
  let presence: readonly PresentUser[] = [];
  let nextReadFrom = 0;

  const connection = createDraftConnection({
    draftId,
    credentials,
    environment,
    serverClock,
    ...server,
    from: 'snapshot',
    lastSegments: firstSegments,
    onSnapshot: (draft) => {
      // The connection gives an older one only when the server has lost the newer.
      store.dispatch({ type: 'snapshot', draft, replacesNewer: true });
    },
    onEvent: (event) => {
      store.dispatch({ type: 'event', event });
      if (running) notify(options.onEvent, event);
    },
    onPresence: (users) => {
      presence = users;
      compose();
    },
    onError: (problem) => {
      notify(options.onError, problem);
    },
  });

  const outbox = createOutbox({
    draftId,
    userId,
    api,
    environment,
    onSaved: () => {
      if (connection.state().status !== 'ws') connection.resume();
    },
    onRejected: (entry, problem) => {
      connection.resume();
      if (running) notify(options.onRejected, entry, problem);
    },
  });

  function compose(): void {
    const { draft, missing, isNextKnown } = store.state();
    const entries = outbox.state();
    const open = entries.filter((entry) => entry.state !== 'rejected');
    replace({
      ...state(),
      ...connection.state(),
      presence,
      draft,
      loadedFrom: draft === null ? 0 : loadedFrom(draft),
      holdsRing: draft?.ring_state.current_holder_id === userId,
      pending: draft === null ? open : withoutShown(open, draft, userId),
      rejected: entries.filter((entry) => entry.state === 'rejected'),
    });
    if (missing !== 'nothing' && draft !== null) connection.resume(missing);
    if (!running) return;
    older.load();
    if (!isNextKnown && state().status !== 'offline') readNextHolder();
  }

  /** Reads the draft anew, at most once in 5 s; without an answer there is no next holder until something happens. */
  function readNextHolder(): void {
    const now = environment.clock.monotonic();
    if (now < nextReadFrom) return;
    nextReadFrom = now + betweenReadsMs;
    api.readDraft(draftId, { lastSegments: firstSegments }).then(
      (read) => {
        if (running && read.modified) store.dispatch({ type: 'snapshot', draft: read.draft });
      },
      () => undefined,
    );
  }

  const older = createOlderSegments({
    draftId,
    api,
    environment,
    loadedFrom: () => (connection.state().hasGivenUp ? 0 : state().loadedFrom),
    onPage: ({ segments, epoch }) => {
      const { draft } = store.state();
      if (draft !== null && draft.epoch !== epoch) connection.resume('snapshot');
      store.dispatch({ type: 'older', segments, epoch });
    },
  });

  const probe = createAccessProbe({
    environment,
    ask: (deadline) => api.readDraft(draftId, { lastSegments: 0, ...deadline }),
    onAccess: connection.start,
  });

  store.subscribe(() => {
    const { draft } = store.state();
    if (draft === null) return;
    // What was saved in another history will not be shown in this one.
    if (state().draft !== null && state().draft?.epoch !== draft.epoch) outbox.settle(Number.MAX_SAFE_INTEGER);
    outbox.settle(draft.revision);
    if (running) compose();
  });
  outbox.subscribe(compose);
  connection.subscribe(() => {
    if (!running) return;
    const wasOffline = state().status === 'offline';
    compose();
    const { hasGivenUp, problem } = connection.state();
    if (isRunning() && hasGivenUp && problem?.isFinalForReaders) probe.start();
    else probe.stop();
    if (wasOffline && state().status !== 'offline') {
      outbox.flush();
      older.retry();
    }
  });

  function readDraft(): Draft {
    const { draft } = store.state();
    if (draft === null) throw new RangeError(`draft ${draftId}: not read yet`);
    return draft;
  }

  return {
    api,
    state,
    subscribe,
    start() {
      running = true;
      const { initialDraft } = options;
      if (initialDraft !== undefined && store.state().draft === null) {
        store.dispatch({ type: 'snapshot', draft: initialDraft });
      }
      connection.start();
      if (isRunning()) outbox.start();
    },
    stop() {
      if (!running) return;
      outbox.stop();
      presence = [];
      connection.stop();
      running = false;
      probe.stop();
      older.stop();
    },
    append(content) {
      const { ring_state, segment_count } = readDraft();
      return outbox.append(content, { ringTerm: ring_state.term, segmentCount: segment_count });
    },
    passRing: (recipient) => outbox.passRing(recipient, { ringTerm: readDraft().ring_state.term }),
    takeBack: outbox.takeBack,
    retry: outbox.retry,
    refresh() {
      if (!running) return;
      connection.start();
      connection.resume();
      outbox.flush();
      older.retry();
    },
    announce: connection.announce,
    serverNow: connection.serverNow,
  };
}

/**
 * The entries that the draft does not show yet. An own segment may arrive before the answer to its append does; each
 * such segment stands for one entry with the same text.
 */
function withoutShown(entries: readonly OutboxEntry[], draft: Draft, userId: string): readonly OutboxEntry[] {
  const taken = new Set<string>();
  return entries.filter((entry) => {
    if (entry.kind !== 'append') return true;
    const shown = draft.segments
      .slice(Math.max(0, entry.segmentCount - loadedFrom(draft)))
      .find(
        ({ segment_id, author_user_id, content }) =>
          author_user_id === userId && content === entry.content && !taken.has(segment_id),
      );
    if (shown === undefined) return true;
    taken.add(shown.segment_id);
    return false;
  });
}
