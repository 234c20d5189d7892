import type {
  Collaborator,
  Draft,
  DraftStatus,
  DraftSummary,
  Platform,
  PresentUser,
  RingState,
  Role,
  Segment,
} from './draft.js';
import type { DraftEvent } from './frames.js';
import type { CredentialsSource } from './credentials.js';

export interface ApiOptions {
  /** Where the server is, for example `https://drafts.example`; the page's own origin when left out. */
  readonly baseUrl?: string;
  readonly credentials: CredentialsSource;
  readonly fetch?: typeof globalThis.fetch;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

export interface MutationOptions extends ReadOptions {
  /** Makes the mutation repeatable: the same key with the same request gives back the first outcome. */
  readonly idempotencyKey?: string;
  /** An ETag; the mutation is refused (412 `revision_moved`) when the draft has moved on. */
  readonly ifMatch?: string;
}

export interface TurnOptions extends MutationOptions {
  /** The term of the ring that the author saw; refused (409 `ring_moved`) when it has been passed since. */
  readonly ringTerm?: number;
}

export interface NewDraft {
  readonly title: string;
  readonly platform?: Platform;
  readonly initial_segment?: string;
}

export interface DraftChange {
  readonly title?: string;
  readonly status?: DraftStatus;
}

export interface DraftPage {
  readonly drafts: readonly DraftSummary[];
  /** Asks for the next page; null at the end. */
  readonly nextCursor: string | null;
}

export type DraftRead =
  { readonly modified: true; readonly draft: Draft; readonly etag: string } | { readonly modified: false };

/** What a mutation of a draft gave. `replayed` says that this key had been answered before. */
export interface Outcome<Data> {
  readonly data: Data;
  readonly revision: number;
  readonly replayed: boolean;
}

export interface EventPage {
  readonly events: readonly DraftEvent[];
  /** The head of the draft, which may be beyond the last event of this page. */
  readonly revision: number;
  readonly epoch: string;
}

/** Every REST call of the contract. A call that fails throws `ApiProblem`; nothing is retried here. */
export interface Api {
  listDrafts(options?: ReadOptions & { readonly limit?: number; readonly cursor?: string }): Promise<DraftPage>;
  createDraft(draft: NewDraft, options?: MutationOptions): Promise<Draft>;
  readDraft(draftId: string, options?: ReadOptions & { readonly etag?: string }): Promise<DraftRead>;
  updateDraft(draftId: string, change: DraftChange, options?: MutationOptions): Promise<DraftSummary>;
  appendSegment(draftId: string, content: string, options?: TurnOptions): Promise<Outcome<Segment>>;
  passRing(draftId: string, toUserId: string, options?: TurnOptions): Promise<Outcome<RingState>>;
  addCollaborator(
    draftId: string,
    userId: string,
    options?: MutationOptions & { readonly role?: Role },
  ): Promise<Outcome<Collaborator>>;
  removeCollaborator(draftId: string, userId: string, options?: MutationOptions): Promise<void>;
  /** `waitSeconds` (0 to 30) lets the server hold its answer until something happens. */
  eventsAfter(
    draftId: string,
    after: number,
    options?: ReadOptions & { readonly limit?: number; readonly waitSeconds?: number },
  ): Promise<EventPage>;
  presentUsers(draftId: string, options?: ReadOptions): Promise<readonly PresentUser[]>;
}

export declare function createApi(options: ApiOptions): Api;
