import * as v from 'valibot';
import type {
  Collaborator,
  CollaboratorChanged,
  Draft,
  DraftStatus,
  DraftSummary,
  Platform,
  PresentUser,
  RingRequest,
  RingState,
  Role,
  Segment,
  TurnPolicy,
} from './draft.js';
import { ApiProblem } from './apiProblem.js';
import type { CredentialsSource } from './credentials.js';
import type { DraftEvent } from './frames.js';
import { isDraftEvent } from './realtime.js';
import {
  collaboratorChangedSchema,
  collaboratorSchema,
  count,
  draftSchema,
  draftSummarySchema,
  frameOf,
  presentUserSchema,
  ringRequestEntries,
  ringStateSchema,
  segmentSchema,
  type SchemaOf,
} from './schemas.js';
import type { ServerClock } from './serverClock.js';
import { isAddressable, pathOf, serverUrl } from './serverUrl.js';

export interface ApiOptions {
  /** Where the server is, for example `https://drafts.example`; the page's own origin when left out. */
  readonly baseUrl?: string;
  readonly credentials: CredentialsSource;
  readonly fetch?: typeof globalThis.fetch;
  /** Learns the server's time from the `Date` of each answer. */
  readonly serverClock?: ServerClock;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called when the answer begins, and with each part of it that comes. */
  readonly onProgress?: () => void;
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
  /** Members that are left out take their default. */
  readonly turn_policy?: Partial<TurnPolicy>;
}

export interface DraftChange {
  readonly title?: string;
  readonly status?: DraftStatus;
  /** Replaces the policy as a whole: members that are left out take their default. */
  readonly turn_policy?: Partial<TurnPolicy>;
}

/** The recipient of the ring: a member, or the next holder, whom the server chooses. */
export type Recipient = string | { readonly to: 'next' };

export interface CollaboratorChange {
  readonly role?: Role;
  readonly away?: boolean;
}

/** A request with its place in the queue, from 1. */
export interface QueuedRequest extends RingRequest {
  readonly position: number;
}

export interface DraftPage {
  readonly drafts: readonly DraftSummary[];
  /** Asks for the next page; null at the end. */
  readonly nextCursor: string | null;
  /** The version of this page; null where a proxy removed it. */
  readonly etag: string | null;
}

/**
 * `etag` is made of the draft itself, and so may go into `ifMatch` whatever a proxy did to the header: one that
 * compresses weakens it.
 */
export type DraftRead =
  { readonly modified: true; readonly draft: Draft; readonly etag: string } | { readonly modified: false };

/** What a mutation of a draft gave. `replayed` says that this key had been answered before. */
export interface Outcome<Data> {
  readonly data: Data;
  readonly revision: number;
  readonly replayed: boolean;
}

export interface SegmentPage {
  /** In order of position. */
  readonly segments: readonly Segment[];
  readonly epoch: string;
}

export interface EventPage {
  readonly events: readonly DraftEvent[];
  /** The head of the draft, which may be beyond the last event of this page. */
  readonly revision: number;
  readonly epoch: string;
}

/** Every REST call of the contract. A call that fails throws `ApiProblem`; nothing is retried here. */
export interface Api {
  /**
   * A page of the caller's drafts, newest activity first. With `known`, a page that was read with the same `limit` and
   * `cursor`, the result is that very page when nothing has changed.
   */
  listDrafts(
    options?: ReadOptions & { readonly limit?: number; readonly cursor?: string; readonly known?: DraftPage },
  ): Promise<DraftPage>;
  createDraft(draft: NewDraft, options?: MutationOptions): Promise<Draft>;
  /** `lastSegments` (0 to 1,000) limits the segments to the last ones. */
  readDraft(
    draftId: string,
    options?: ReadOptions & { readonly etag?: string; readonly lastSegments?: number },
  ): Promise<DraftRead>;
  /** The segments before a position, nearest to it; `limit` is 1 to 1,000. Empty at the beginning. */
  segmentsBefore(
    draftId: string,
    before: number,
    options?: ReadOptions & { readonly limit?: number },
  ): Promise<SegmentPage>;
  updateDraft(draftId: string, change: DraftChange, options?: MutationOptions): Promise<DraftSummary>;
  appendSegment(draftId: string, content: string, options?: TurnOptions): Promise<Outcome<Segment>>;
  passRing(draftId: string, recipient: Recipient, options?: TurnOptions): Promise<Outcome<RingState>>;
  /** For the creator, who gets the ring unless another member is named. */
  revokeRing(draftId: string, options?: TurnOptions & { readonly toUserId?: string }): Promise<Outcome<RingState>>;
  requestRing(draftId: string, options?: MutationOptions): Promise<Outcome<QueuedRequest>>;
  /** For the member who asked. */
  withdrawRequest(draftId: string, userId: string, options?: MutationOptions): Promise<void>;
  /** For the holder and the creator. */
  declineRequest(draftId: string, userId: string, options?: MutationOptions): Promise<void>;
  addCollaborator(
    draftId: string,
    userId: string,
    options?: MutationOptions & { readonly role?: Role },
  ): Promise<Outcome<Collaborator>>;
  removeCollaborator(draftId: string, userId: string, options?: MutationOptions): Promise<void>;
  /** For the creator; any other member may only say whether they themselves are away. */
  updateCollaborator(
    draftId: string,
    userId: string,
    change: CollaboratorChange,
    options?: MutationOptions,
  ): Promise<Outcome<CollaboratorChanged>>;
  setAway(
    draftId: string,
    userId: string,
    away: boolean,
    options?: MutationOptions,
  ): Promise<Outcome<CollaboratorChanged>>;
  /** `waitSeconds` (0 to 30) lets the server hold its answer until something happens. */
  eventsAfter(
    draftId: string,
    after: number,
    options?: ReadOptions & { readonly limit?: number; readonly waitSeconds?: number },
  ): Promise<EventPage>;
  presentUsers(draftId: string, options?: ReadOptions): Promise<readonly PresentUser[]>;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly etag?: string | undefined;
  readonly options?: MutationOptions | undefined;
}

export function createApi({
  baseUrl,
  credentials,
  fetch = (input, init) => globalThis.fetch(input, init),
  serverClock,
}: ApiOptions): Api {
  async function send({ method, path, query = {}, body, etag, options = {} }: Call): Promise<Response> {
    const { signal, idempotencyKey, ifMatch } = options;
    const url = serverUrl(baseUrl, `/v1/collab/drafts${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers({ Accept: 'application/json' });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (etag !== undefined) headers.set('If-None-Match', etag);
    if (ifMatch !== undefined) headers.set('If-Match', ifMatch);
    if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey);
    await sign(headers, credentials);
    signal?.throwIfAborted();
    const hearTime = serverClock?.begin();
    let response: Response;
    try {
      response = await fetch(url.href, {
        method,
        headers,
        cache: 'no-store',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new ApiProblem({ ...noAnswer, detail: 'the server did not answer', cause });
    }
    hearTime?.(response.headers.get('Date'), dateResolutionMs);
    options.onProgress?.();
    if (response.status >= 400) throw await problemOf(response);
    return response;
  }

  async function read<Body>(call: Call, schema: SchemaOf<Body>): Promise<{ response: Response; body: Body }> {
    const response = await send(call);
    return { response, body: await bodyOf(response, schema, call.options) };
  }

  async function outcome<Data>(call: Call, schema: SchemaOf<Data>): Promise<Outcome<Data>> {
    const { response, body } = await read(call, v.object({ data: schema, revision: count }));
    return { ...body, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
  }

  const removeRequest: Api['withdrawRequest'] = async (draftId, userId, options) => {
    await send({ method: 'DELETE', path: pathOf(draftId, 'ring-requests', userId), options });
  };

  const updateCollaborator: Api['updateCollaborator'] = async (draftId, userId, change, options) =>
    outcome(
      { method: 'PATCH', path: pathOf(draftId, 'collaborators', userId), body: { ...change }, options },
      collaboratorChangedSchema,
    );

  return {
    async listDrafts({ limit, cursor, known, ...options } = {}) {
      const etag = known?.etag ?? undefined;
      const response = await send({ method: 'GET', path: '', query: { limit, cursor }, etag, options });
      if (response.status === 304 && known !== undefined) return known;
      const body = await bodyOf(response, draftPageSchema, options);
      return { drafts: body.data, nextCursor: body.next_cursor, etag: response.headers.get('ETag') };
    },

    async createDraft(draft, options) {
      const { body } = await read({ method: 'POST', path: '', body: { ...draft }, options }, dataOf(draftSchema));
      return body.data;
    },

    async readDraft(draftId, { etag, lastSegments, ...options } = {}) {
      const query = { last_segments: lastSegments };
      const response = await send({ method: 'GET', path: pathOf(draftId), query, etag, options });
      if (response.status === 304) return { modified: false };
      const { data: draft } = await bodyOf(response, dataOf(draftSchema), options);
      return { modified: true, draft, etag: `"${draft.epoch}.${String(draft.revision)}"` };
    },

    async updateDraft(draftId, change, options) {
      const call: Call = { method: 'PATCH', path: pathOf(draftId), body: { ...change }, options };
      return (await read(call, dataOf(draftSummarySchema))).body.data;
    },

    appendSegment: async (draftId, content, { ringTerm, ...options } = {}) =>
      outcome(
        { method: 'POST', path: pathOf(draftId, 'segments'), body: { content, ...termOf(ringTerm) }, options },
        segmentSchema,
      ),

    passRing: async (draftId, recipient, { ringTerm, ...options } = {}) =>
      outcome(
        {
          method: 'POST',
          path: pathOf(draftId, 'pass-ring'),
          body: { ...(typeof recipient === 'string' ? { to_user_id: recipient } : recipient), ...termOf(ringTerm) },
          options,
        },
        ringStateSchema,
      ),

    revokeRing: async (draftId, { toUserId, ringTerm, ...options } = {}) =>
      outcome(
        {
          method: 'POST',
          path: pathOf(draftId, 'revoke-ring'),
          body: { ...(toUserId === undefined ? {} : { to_user_id: toUserId }), ...termOf(ringTerm) },
          options,
        },
        ringStateSchema,
      ),

    requestRing: async (draftId, options) =>
      outcome({ method: 'POST', path: pathOf(draftId, 'ring-requests'), body: {}, options }, queuedRequestSchema),

    withdrawRequest: removeRequest,
    declineRequest: removeRequest,

    async addCollaborator(draftId, userId, { role, ...options } = {}) {
      if (!isAddressable(userId)) throw unaddressable('user_id', userId);
      return outcome(
        {
          method: 'POST',
          path: pathOf(draftId, 'collaborators'),
          body: { user_id: userId, ...(role === undefined ? {} : { role }) },
          options,
        },
        collaboratorSchema,
      );
    },

    async removeCollaborator(draftId, userId, options) {
      await send({ method: 'DELETE', path: pathOf(draftId, 'collaborators', userId), options });
    },

    updateCollaborator,
    setAway: async (draftId, userId, away, options) => updateCollaborator(draftId, userId, { away }, options),

    async eventsAfter(draftId, after, { limit, waitSeconds, ...options } = {}) {
      const query = { after, limit, wait: waitSeconds };
      const { body } = await read({ method: 'GET', path: pathOf(draftId, 'events'), query, options }, eventPageSchema);
      return { events: body.data, revision: body.revision, epoch: body.epoch };
    },

    async segmentsBefore(draftId, before, { limit, ...options } = {}) {
      const call: Call = { method: 'GET', path: pathOf(draftId, 'segments'), query: { before, limit }, options };
      const { body } = await read(call, segmentPageSchema);
      return { segments: body.data, epoch: body.epoch };
    },

    async presentUsers(draftId, options) {
      const call: Call = { method: 'GET', path: pathOf(draftId, 'presence'), options };
      return (await read(call, dataOf(v.array(presentUserSchema)))).body.data;
    },
  };
}

/** `Date` has whole seconds. */
const dateResolutionMs = 1_000;

const noAnswer = { status: 0, code: 'network', title: 'No answer' } as const;

const queuedRequestSchema = v.object({ ...ringRequestEntries, position: v.number() });
const eventSchema: SchemaOf<DraftEvent> = v.pipe(
  v.unknown(),
  v.transform(frameOf),
  v.check((frame) => frame !== null && isDraftEvent(frame)),
  v.transform((frame) => frame as DraftEvent),
);
const eventPageSchema = v.object({ data: v.array(eventSchema), revision: count, epoch: v.string() });
const segmentPageSchema = v.object({ data: v.array(segmentSchema), epoch: v.string() });
const draftPageSchema = v.object({
  data: v.array(draftSummarySchema),
  next_cursor: v.optional(v.nullable(v.string()), null),
});

function dataOf<Data>(schema: SchemaOf<Data>): SchemaOf<{ readonly data: Data }> {
  return v.object({ data: schema });
}

/** As a server refuses such an id; a server of before would take it, and nothing could remove it again. */
function unaddressable(field: string, id: string): ApiProblem {
  const detail = `${JSON.stringify(id)} can't be part of a URL (expected: another id)`;
  return new ApiProblem({
    status: 400,
    code: 'validation_error',
    title: 'Validation error',
    detail: `${field}: ${detail}`,
    errors: [{ field, detail }],
  });
}

function termOf(ringTerm: number | undefined): { readonly ring_term?: number } {
  return ringTerm === undefined ? {} : { ring_term: ringTerm };
}

async function sign(headers: Headers, credentials: CredentialsSource): Promise<void> {
  if (credentials.kind === 'development') {
    headers.set('X-User-Id', credentials.userId);
    return;
  }
  try {
    headers.set('Authorization', `Bearer ${await credentials.token()}`);
  } catch (cause) {
    throw new ApiProblem({
      status: 0,
      code: 'credentials_unavailable',
      title: 'No token',
      detail: 'there is no token to ask with',
      cause,
    });
  }
}

async function bodyOf<Body>(response: Response, schema: SchemaOf<Body>, options: ReadOptions = {}): Promise<Body> {
  let text: string;
  try {
    text = await textOf(response, options.onProgress);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new ApiProblem({ ...noAnswer, detail: 'the answer broke off', cause });
  }
  const parsed = v.safeParse(schema, jsonOf(text));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new ApiProblem({
    status: response.status,
    code: 'malformed_answer',
    title: 'An answer that is none of the contract',
    detail: `${issue.path?.map(({ key }) => String(key)).join('.') ?? 'body'}: ${issue.message}`,
    requestId: response.headers.get('X-Request-Id'),
  });
}

async function textOf(response: Response, onProgress: (() => void) | undefined): Promise<string> {
  if (onProgress === undefined || !response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    onProgress();
    text += decoder.decode(value, { stream: !done });
    if (done) return text;
  }
}

const problemSchema = v.object({
  title: v.fallback(v.string(), ''),
  detail: v.fallback(v.string(), ''),
  code: v.fallback(v.string(), ''),
  errors: v.fallback(v.array(v.object({ field: v.string(), detail: v.string() })), []),
});

const noReason = { title: '', detail: '', code: '', errors: [] };

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '');
  const values = jsonOf(text);
  const parsed = v.safeParse(problemSchema, values);
  const { title, detail, code, errors } = parsed.success ? parsed.output : noReason;
  const statusLine = `${String(response.status)} ${response.statusText}`.trim();
  return new ApiProblem({
    status: response.status,
    code: code === '' ? 'unexpected_status' : code,
    title: title === '' ? statusLine : title,
    detail: detail === '' ? statusLine : detail,
    errors,
    requestId: response.headers.get('X-Request-Id'),
    retryAfterMs: retryAfterMs(response),
    ...(parsed.success ? { values: values as Readonly<Record<string, unknown>> } : {}),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAfterMs(response: Response): number | null {
  const seconds = response.headers.get('Retry-After');
  return seconds !== null && /^\d{1,9}$/.test(seconds) ? Number(seconds) * 1000 : null;
}
