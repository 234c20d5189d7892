import type { ApiProblem } from './apiProblem.js';
import type { CredentialsSource } from './credentials.js';
import type { Draft, Position, PresentUser } from './draft.js';
import type { Environment } from './environment.js';
import type { DraftEvent, PresenceState } from './frames.js';
import type { Subscribable } from './subscribable.js';

/** `ws`: live; `polling`: up to date by asking; `offline`: neither works at the moment. */
export type ConnectionStatus = 'ws' | 'polling' | 'offline';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** True while a socket is being opened. */
  readonly wsConnecting: boolean;
  /** The instant of the last event that was seen, as the server gave it. */
  readonly lastEventTs: string | null;
  /** Why the connection has given up for good; null while it runs. */
  readonly problem: ApiProblem | null;
}

export interface DraftConnectionOptions {
  readonly draftId: string;
  readonly credentials: CredentialsSource;
  readonly baseUrl?: string;
  /** `snapshot` fetches the draft first; `now` sees what happens from here on; a position resumes after it. */
  readonly from?: 'snapshot' | 'now' | Position;
  /** False keeps presence away; true when left out. */
  readonly presence?: boolean;
  /** Each event once, in order of revision, whatever way it came. */
  readonly onEvent?: (event: DraftEvent) => void;
  /** The whole draft; events go on after its revision. */
  readonly onSnapshot?: (draft: Draft) => void;
  /** Who is here; empty while that is not known. */
  readonly onPresence?: (users: readonly PresentUser[]) => void;
  /** What stopped the connection, or what the server complained about. */
  readonly onError?: (problem: ApiProblem) => void;
  readonly environment?: Partial<Environment>;
}

export interface DraftConnection extends Subscribable<ConnectionState> {
  /** Begins, or begins again after `stop` or a problem, from the last position. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Asks at once for what is missing; `snapshot` fetches the draft whole. */
  readonly resume: (how?: 'events' | 'snapshot') => void;
  readonly announce: (state: PresenceState) => void;
}

export declare function createDraftConnection(options: DraftConnectionOptions): DraftConnection;
