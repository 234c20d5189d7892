import type { Api, Recipient } from './api.js';
import { problemFrom, type ApiProblem } from './apiProblem.js';
import { boundedWaitMs, fullJitterMs, type Backoff } from './backoff.js';
import { withDeadline } from './deadline.js';
import { resolveEnvironment, type Environment } from './environment.js';
import {
  createOutboxStorage,
  type AppendRecord,
  type OutboxRecord,
  type PassRecord,
  type Refusal,
} from './outboxStorage.js';
import { createSource, type Subscribable } from './subscribable.js';
import { notify } from './notify.js';

/**
 * One command that its author gave.
 *
 * | state | becomes |
 * |---|---|
 * | `waiting` | `sending`, `rejected` (when one before it in the same turn was) |
 * | `sending` | `waiting` (no answer yet), `saved`, `rejected` (refused, or set aside after failures of the server) |
 * | `saved` | leaves once the draft shows it |
 * | `rejected` | leaves when its author takes it back; `waiting` when one that was set aside is sent again |
 */
export type OutboxEntry = AppendEntry | PassEntry;
export type OutboxEntryState = 'waiting' | 'sending' | 'saved' | 'rejected';

interface EntryFields {
  /** The idempotency key. */
  readonly key: string;
  readonly state: OutboxEntryState;
  /** The term of the ring that the author saw. */
  readonly ringTerm: number;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** The revision that the command got; null until it is saved. */
  readonly revision: number | null;
  /** Why it was refused, or why there is no answer yet. */
  readonly problem: Refusal | null;
  /** False while only this page holds it, because the browser does not store it: it is lost with the page. */
  readonly isKept: boolean;
  /** How often the server failed on it: at 5 it is set aside. */
  readonly tries: number;
}

export interface AppendEntry extends EntryFields {
  readonly kind: 'append';
  readonly content: string;
  /** How many segments are before it at the least: those that its author saw. */
  readonly segmentCount: number;
}

export interface PassEntry extends EntryFields {
  readonly kind: 'pass';
  /** Null for the next holder, whom the server chooses. */
  readonly toUserId: string | null;
}

export interface OutboxOptions {
  readonly draftId: string;
  readonly userId: string;
  readonly api: Pick<Api, 'appendSegment' | 'passRing'>;
  /** The most entries that are kept for one draft; 50 when left out. */
  readonly capacity?: number;
  /** Called with each entry that was refused for good, by what the server answered to the first of them. */
  readonly onRejected?: (entry: OutboxEntry, problem: ApiProblem) => void;
  readonly onSaved?: (entry: OutboxEntry) => void;
  readonly environment?: Partial<Environment>;
}

/**
 * What one person wrote in one draft and the server has not answered yet. Sent in the order in which it was given, one
 * at a time, again until it is answered; the idempotency key makes a second sending harmless. Between the tabs of a
 * browser a lock lets one send at a time; where there are no locks, two may send the same entry, with the same outcome.
 * What is refused for good goes back to its author, together with what was written after it in the same turn of the
 * ring: such refusals are about the turn.
 *
 * An entry on which the server fails again and again is set aside, so that it does not hold up the others. Segments
 * after it go on: each stands by itself. A pass of the same turn is set aside with it, because a pass ends the turn in
 * which its author could still save the segment; the author decides.
 */
export interface Outbox extends Subscribable<readonly OutboxEntry[]> {
  /** Begins to send, with what an earlier page left. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Throws `RangeError` when the outbox is full. */
  readonly append: (content: string, seen: { readonly ringTerm: number; readonly segmentCount: number }) => AppendEntry;
  /** Throws `RangeError` when the outbox is full. */
  readonly passRing: (recipient: Recipient, seen: { readonly ringTerm: number }) => PassEntry;
  /** Takes a rejected entry out and gives it to its author; null when there is none of this key. */
  readonly takeBack: (key: string) => OutboxEntry | null;
  /** Sends again what was set aside; null when there is no such entry. */
  readonly retry: (key: string) => OutboxEntry | null;
  /** Lets go of saved entries that a draft of this revision shows, now and until the next call. */
  readonly settle: (revision: number) => void;
  /** Tries again now. */
  readonly flush: () => void;
}

const retry: Backoff = { firstMs: 1_000, ceilingMs: 30_000 };
const requestTimeoutMs = 30_000;
const defaultCapacity = 50;
const maxTries = 5;
/** Answers nearer to each other than this, as from several tabs, count once. */
const betweenTriesMs = 1_000;

type Sending = { readonly done: 'all' | 'one' } | { readonly done: 'none'; readonly problem: ApiProblem };

export function createOutbox(options: OutboxOptions): Outbox {
  const { draftId, userId, api, capacity = defaultCapacity } = options;
  const environment = resolveEnvironment(options.environment);
  const { clock, locks, random, storage } = environment;
  const name = `ringdraft.outbox.${encodeURIComponent(userId)}.${encodeURIComponent(draftId)}.`;
  const stored = createOutboxStorage(storage, name);
  const { state, subscribe, replace } = createSource<readonly OutboxEntry[]>([]);

  let saved: readonly OutboxEntry[] = [];
  /** The revision up to which the draft shows everything. */
  let shown = 0;
  let sendingKey: string | null = null;
  let lastProblem: { readonly key: string; readonly problem: Refusal } | null = null;
  let run: AbortController | null = null;
  let sending = false;
  /** How often sending was asked for, and how often it had been when the storage was last read. */
  let asked = 0;
  let looked = 0;
  let failures = 0;
  let latest = 0;
  let cancelRetry: (() => void) | null = null;
  let endStorageWatch: (() => void) | null = null;

  function entryOf(record: AppendRecord): AppendEntry;
  function entryOf(record: PassRecord): PassEntry;
  function entryOf(record: OutboxRecord): OutboxEntry;
  function entryOf({ refusal, triedAt, ...record }: OutboxRecord): OutboxEntry {
    const waiting = record.key === sendingKey ? 'sending' : 'waiting';
    const delay = lastProblem?.key === record.key ? lastProblem.problem : null;
    return {
      ...record,
      state: refusal === null ? waiting : 'rejected',
      revision: null,
      problem: refusal ?? delay,
      isKept: stored.keeps(record.key),
    };
  }

  function publish(): void {
    replace([...saved, ...stored.records().map((record) => entryOf(record))]);
  }

  function put<Kind extends OutboxRecord>(record: Kind): Kind {
    const kept = stored.records().length + saved.length;
    if (kept >= capacity)
      throw new RangeError(`outbox: ${String(kept)} entries (expected: fewer than ${String(capacity)})`);
    stored.put(record);
    publish();
    void send();
    return record;
  }

  /** Later than every entry before it, so that the order is that of the author. */
  function nextInstant(): number {
    const last = stored.records().at(-1)?.createdAt ?? 0;
    latest = Math.max(clock.now(), latest + 1, last + 1);
    return latest;
  }

  async function send(): Promise<void> {
    asked += 1;
    if (run === null || sending) return;
    const { signal } = run;
    sending = true;
    cancelRetry?.();
    const outcome = await sendAll(signal);
    if (signal.aborted) return;
    sending = false;
    if (outcome.done === 'none') {
      const { retryAfterMs } = outcome.problem;
      const waitMs = Math.max(
        fullJitterMs(retry, failures, random),
        retryAfterMs === null ? 0 : boundedWaitMs(retryAfterMs),
      );
      failures += 1;
      cancelRetry = clock.schedule(() => void send(), waitMs);
    } else if (looked < asked) void send();
  }

  async function sendAll(signal: AbortSignal): Promise<Sending> {
    const next = () => sendOldest(signal);
    try {
      for (;;) {
        looked = asked;
        const outcome = await (locks === null ? next() : locks.exclusively(name, next));
        if (outcome.done !== 'one') return outcome;
      }
    } catch (thrown) {
      return { done: 'none', problem: problemFrom(thrown) };
    }
  }

  async function sendOldest(signal: AbortSignal): Promise<Sending> {
    const record = stored.records().find(({ refusal }) => refusal === null);
    if (record === undefined || signal.aborted) return { done: 'all' };
    sendingKey = record.key;
    publish();
    try {
      const { revision, position } = await withDeadline(clock, requestTimeoutMs, signal, ({ signal: inTime }) =>
        request(record, inTime),
      );
      stored.remove(record.key);
      if (position !== null) countSegments(position + 1);
      if (isOver(signal)) return { done: 'all' };
      sendingKey = null;
      failures = 0;
      const entry: OutboxEntry = { ...entryOf(record), state: 'saved', revision, isKept: true };
      if (revision > shown) saved = [...saved, entry];
      publish();
      if (!isOver(signal)) notify(options.onSaved, entry);
      return { done: 'one' };
    } catch (thrown) {
      if (isOver(signal)) return { done: 'all' };
      sendingKey = null;
      const problem = problemFrom(thrown);
      // An author who has to sign in again has not been refused the segment.
      const mayRetry = problem.isTransient || problem.status === 401;
      if (mayRetry && (!isFailureOf(problem) || countTry(record.key) < maxTries)) {
        lastProblem = { key: record.key, problem: { code: problem.code, detail: problem.detail, mayRetry } };
        publish();
        return { done: 'none', problem };
      }
      reject(record, problem, mayRetry, signal);
      return { done: 'one' };
    }
  }

  async function request(
    record: OutboxRecord,
    signal: AbortSignal,
  ): Promise<{ readonly revision: number; readonly position: number | null }> {
    const turn = { ringTerm: record.ringTerm, idempotencyKey: record.key, signal };
    switch (record.kind) {
      case 'append': {
        const { revision, data } = await api.appendSegment(draftId, record.content, turn);
        return { revision, position: data.position };
      }
      case 'pass': {
        const { revision } = await api.passRing(draftId, record.toUserId ?? { to: 'next' }, turn);
        return { revision, position: null };
      }
    }
  }

  /** What still waits will come after the segment that was just saved, whatever its author saw. */
  function countSegments(segmentCount: number): void {
    for (const record of stored.records()) {
      if (record.kind === 'append' && record.segmentCount < segmentCount) stored.put({ ...record, segmentCount });
    }
  }

  /** The tries with the one that just failed; 0 when another tab has settled the entry meanwhile. */
  function countTry(key: string): number {
    const record = stored.records().find((kept) => kept.key === key && kept.refusal === null);
    if (record === undefined) return 0;
    const { tries, triedAt } = record;
    const now = clock.now();
    if (tries > 0 && Math.abs(now - triedAt) < betweenTriesMs) return tries;
    stored.put({ ...record, tries: tries + 1, triedAt: now });
    return tries + 1;
  }

  function reject(refused: OutboxRecord, problem: ApiProblem, mayRetry: boolean, signal: AbortSignal): void {
    const { code, detail } = problem;
    failures = 0;
    const goesAlong = ({ key, kind, ringTerm }: OutboxRecord) =>
      key === refused.key ||
      (ringTerm === refused.ringTerm && (!mayRetry || (refused.kind === 'append' && kind === 'pass')));
    const rejected = stored
      .records()
      .filter((record) => record.refusal === null && goesAlong(record))
      .map((record) => ({
        ...record,
        refusal: mayRetry && record.key !== refused.key ? { ...behind, mayRetry } : { code, detail, mayRetry },
      }));
    rejected.forEach((record) => {
      stored.put(record);
    });
    publish();
    rejected.forEach((record) => {
      if (!isOver(signal)) notify(options.onRejected, entryOf(record), problem);
    });
  }

  return {
    state,
    subscribe,
    start() {
      if (run !== null) return;
      run = new AbortController();
      failures = 0;
      endStorageWatch = storage.onChange((changed) => {
        if (changed?.startsWith(name) === false) return;
        publish();
        void send();
      });
      publish();
      void send();
    },
    stop() {
      run?.abort();
      run = null;
      sending = false;
      sendingKey = null;
      cancelRetry?.();
      endStorageWatch?.();
    },
    append: (content, { ringTerm, segmentCount }) =>
      entryOf(
        put<AppendRecord>({
          kind: 'append',
          key: environment.randomId(),
          content,
          ringTerm,
          segmentCount,
          createdAt: nextInstant(),
          tries: 0,
          triedAt: 0,
          refusal: null,
        }),
      ),
    passRing: (recipient, { ringTerm }) =>
      entryOf(
        put<PassRecord>({
          kind: 'pass',
          key: environment.randomId(),
          toUserId: typeof recipient === 'string' ? recipient : null,
          ringTerm,
          createdAt: nextInstant(),
          tries: 0,
          triedAt: 0,
          refusal: null,
        }),
      ),
    takeBack(key) {
      const record = stored.records().find((kept) => kept.key === key && kept.refusal !== null);
      if (record === undefined) return null;
      stored.remove(key);
      publish();
      return entryOf(record);
    },
    retry(key) {
      const record = stored.records().find((kept) => kept.key === key && kept.refusal?.mayRetry);
      if (record === undefined) return null;
      const again = { ...record, tries: 0, refusal: null };
      stored.put(again);
      publish();
      void send();
      return entryOf(again);
    },
    settle(revision) {
      shown = revision;
      const unseen = saved.filter((entry) => entry.revision !== null && entry.revision > revision);
      if (unseen.length === saved.length) return;
      saved = unseen;
      publish();
    },
    flush() {
      failures = 0;
      void send();
    },
  };
}

const behind = { code: 'segment_not_saved', detail: 'a segment before the pass is not saved' };

/** No sign-in, a server or proxy that asks to wait, a gateway without its server: these say nothing about the entry. */
const waits: ReadonlySet<number> = new Set([401, 407, 408, 425, 429, 502, 503, 504, 511]);

/**
 * True for an answer that failed on this entry: by the server (500), or by something before it that gives no reason.
 */
function isFailureOf({ status, code }: ApiProblem): boolean {
  return (status >= 500 || (status >= 400 && code === 'unexpected_status')) && status < 520 && !waits.has(status);
}

/** Asked anew each time: a signal may have been aborted during any wait. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
