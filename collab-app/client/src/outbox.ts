import type { Api } from './api.js';
import type { ApiProblem } from './apiProblem.js';
import type { Environment } from './environment.js';
import type { Subscribable } from './subscribable.js';

/**
 * One command that its author gave.
 *
 * | state | becomes |
 * |---|---|
 * | `waiting` | `sending` |
 * | `sending` | `waiting` (no answer yet), `saved`, `returned` |
 * | `saved` | leaves once the draft shows it |
 * | `returned` | leaves when its author takes it back |
 */
export type OutboxEntry = AppendEntry | PassEntry;
export type OutboxEntryState = 'waiting' | 'sending' | 'saved' | 'returned';

interface EntryFields {
  /** The idempotency key. */
  readonly key: string;
  readonly state: OutboxEntryState;
  readonly ringTerm: number;
  readonly createdAt: number;
  /** The revision that the command got; null until it is saved. */
  readonly revision: number | null;
  /** The last refusal, or why there is no answer yet. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

export interface AppendEntry extends EntryFields {
  readonly kind: 'append';
  readonly content: string;
  /** The number of segments that its author saw. */
  readonly segmentCount: number;
}

export interface PassEntry extends EntryFields {
  readonly kind: 'pass';
  readonly toUserId: string;
}

export interface OutboxOptions {
  readonly draftId: string;
  readonly userId: string;
  readonly api: Pick<Api, 'appendSegment' | 'passRing'>;
  /** The most entries that are kept for one draft; 50 when left out. */
  readonly capacity?: number;
  /** Called when an entry was refused for good. */
  readonly onReturned?: (entry: OutboxEntry, problem: ApiProblem) => void;
  readonly onSaved?: (entry: OutboxEntry) => void;
  readonly environment?: Partial<Environment>;
}

export interface Outbox extends Subscribable<readonly OutboxEntry[]> {
  readonly start: () => void;
  readonly stop: () => void;
  /** Throws `RangeError` when the outbox is full. */
  readonly append: (content: string, seen: { readonly ringTerm: number; readonly segmentCount: number }) => AppendEntry;
  readonly passRing: (toUserId: string, seen: { readonly ringTerm: number }) => PassEntry;
  /** Takes an entry out that was returned, and gives it to its author. */
  readonly takeBack: (key: string) => OutboxEntry | null;
  /** Lets go of saved entries that a draft of this revision shows. */
  readonly settle: (revision: number) => void;
  /** Tries again now. */
  readonly flush: () => void;
}

export declare function createOutbox(options: OutboxOptions): Outbox;
