import type { Api } from './api.js';
import type { ApiProblem } from './apiProblem.js';
import type { CredentialsSource } from './credentials.js';
import type { Draft, PresentUser } from './draft.js';
import type { ConnectionState } from './draftConnection.js';
import type { Environment } from './environment.js';
import type { DraftEvent, PresenceState } from './frames.js';
import type { AppendEntry, OutboxEntry, PassEntry } from './outbox.js';
import type { Subscribable } from './subscribable.js';

/** All that a page shows of one draft. */
export interface DraftSessionState extends ConnectionState {
  /** Null until it was read once. */
  readonly draft: Draft | null;
  readonly holdsRing: boolean;
  /** Who is here; empty while that is not known. */
  readonly presence: readonly PresentUser[];
  /** Own commands that the draft does not show yet, oldest first. */
  readonly pending: readonly OutboxEntry[];
  /** Own commands that were refused; each stays until it is taken back. */
  readonly returned: readonly OutboxEntry[];
}

export interface DraftSessionOptions {
  readonly draftId: string;
  /** The one who writes here; must be whom the credentials name. */
  readonly userId: string;
  readonly credentials: CredentialsSource;
  readonly baseUrl?: string;
  readonly onEvent?: (event: DraftEvent) => void;
  readonly onReturned?: (entry: OutboxEntry, problem: ApiProblem) => void;
  readonly onError?: (problem: ApiProblem) => void;
  readonly environment?: Partial<Environment>;
}

/** A draft as one person sees and writes it: connection, store and outbox in one. */
export interface DraftSession extends Subscribable<DraftSessionState> {
  readonly api: Api;
  readonly start: () => void;
  readonly stop: () => void;
  /** Throws `RangeError` while the draft has not been read, and when too much waits already. */
  readonly append: (content: string) => AppendEntry;
  readonly passRing: (toUserId: string) => PassEntry;
  /** Takes back what was returned; null when there is no such entry. */
  readonly takeBack: (key: string) => OutboxEntry | null;
  /** Asks now for what is new and sends what waits; after a problem, begins again. */
  readonly refresh: () => void;
  readonly announce: (state: PresenceState) => void;
}

export declare function createDraftSession(options: DraftSessionOptions): DraftSession;
