import { describe, expect, it } from 'vitest';
import { createApi, type Api } from '../src/api.js';
import { ApiProblem } from '../src/apiProblem.js';
import { bearer, developmentUser, type CredentialsSource } from '../src/credentials.js';
import { createServerClock } from '../src/serverClock.js';
import { ANA, BEN, DRAFT_ID, NOON, VERA, newDraft, segmentAdded } from './cast.js';
import { json } from './fakeServer.js';

interface Sent {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An api whose every request gets this answer. */
function answering(
  answer: () => Response | Promise<Response>,
  credentials: CredentialsSource = developmentUser(ANA),
): { readonly api: Api; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const api = createApi({
    baseUrl: 'https://drafts.example',
    credentials,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(input as string);
      sent.push({
        line: `${init?.method ?? ''} ${pathname}${search}`,
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      });
      return answer();
    },
  });
  return { api, sent };
}

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ApiProblem)) throw new Error(`no ApiProblem: ${String(thrown)}`);
  return thrown;
}

const { segments, ...summary } = newDraft();
const segment = { ...segmentAdded(2, 0).data, draft_id: DRAFT_ID };
const ring = newDraft().ring_state;
const collaborator = { user_id: BEN, role: 'viewer', joined_at: NOON };
const base = `/v1/collab/drafts/${DRAFT_ID}`;

describe('each call', () => {
  it('lists drafts by pages', async () => {
    const { api, sent } = answering(() => json(200, { data: [summary], next_cursor: 'c 2' }));
    expect(await api.listDrafts({ limit: 10, cursor: 'c&1' })).toEqual({
      drafts: [summary],
      nextCursor: 'c 2',
      etag: null,
    });
    await api.listDrafts();
    expect(sent.map(({ line }) => line)).toEqual([
      'GET /v1/collab/drafts?limit=10&cursor=c%261',
      'GET /v1/collab/drafts',
    ]);
  });

  it('gives a known page of the list again while nothing has changed', async () => {
    const listed = answering(() => json(200, { data: [summary], next_cursor: null }, { ETag: '"e1.abc"' }));
    const known = await listed.api.listDrafts();
    expect(known.etag).toBe('"e1.abc"');
    const { api, sent } = answering(() => new Response(null, { status: 304 }));
    expect(await api.listDrafts({ known })).toBe(known);
    expect(sent[0]?.headers['if-none-match']).toBe('"e1.abc"');
  });

  it('reads a long draft from its end: the draft with its last segments, then those before a position', async () => {
    const { api, sent } = answering(() => json(200, { data: newDraft() }));
    await api.readDraft(DRAFT_ID, { lastSegments: 200 });
    const pages = answering(() => json(200, { data: [segment], epoch: 'e1' }));
    expect(await pages.api.segmentsBefore(DRAFT_ID, 1, { limit: 500 })).toEqual({ segments: [segment], epoch: 'e1' });
    await pages.api.segmentsBefore(DRAFT_ID, 1);
    expect([...sent, ...pages.sent].map(({ line }) => line)).toEqual([
      `GET ${base}?last_segments=200`,
      `GET ${base}/segments?before=1&limit=500`,
      `GET ${base}/segments?before=1`,
    ]);
  });

  it('says when an answer begins and each time that a part of it comes, also in the middle of a letter', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ data: newDraft({ title: 'Brücke 🌉' }) }));
    const { api } = answering(
      () =>
        new Response(
          new ReadableStream({
            start(stream) {
              for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
              stream.close();
            },
          }),
        ),
    );
    let parts = 0;
    const onProgress = () => {
      parts += 1;
    };
    expect(await api.readDraft(DRAFT_ID, { onProgress })).toMatchObject({ draft: { title: 'Brücke 🌉' } });
    expect(parts).toBe(bytes.length + 2);
  });

  it('creates a draft', async () => {
    const { api, sent } = answering(() => json(201, { data: newDraft() }));
    const draft = { title: 'The lighthouse', initial_segment: 'Once upon a time' };
    expect(await api.createDraft(draft, { idempotencyKey: 'k1' })).toEqual(newDraft());
    expect(sent).toMatchObject([
      {
        line: 'POST /v1/collab/drafts',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k1', 'x-user-id': ANA },
        body: draft,
      },
    ]);
  });

  it('reads a draft, and learns that it has not changed', async () => {
    const modified = answering(() => json(200, { data: newDraft() }, { ETag: '"e1.1"' }));
    expect(await modified.api.readDraft(DRAFT_ID)).toEqual({ modified: true, draft: newDraft(), etag: '"e1.1"' });
    expect(modified.sent[0]?.headers).not.toHaveProperty('if-none-match');
    const unmodified = answering(() => new Response(null, { status: 304 }));
    expect(await unmodified.api.readDraft(DRAFT_ID, { etag: '"e1.1"' })).toEqual({ modified: false });
    expect(unmodified.sent).toMatchObject([{ line: `GET ${base}`, headers: { 'if-none-match': '"e1.1"' } }]);
  });

  it.each([undefined, '"e1.7"', 'W/"e1.7"', '"e1.7-gzip"', '"e1.7;br"', 'W/"e1.7-gzip"', '""', 'nonsense'])(
    'makes the ETag of a draft itself, whatever a proxy left of it: %s',
    async (header) => {
      const headers: Record<string, string> = header === undefined ? {} : { ETag: header };
      const { api, sent } = answering(() => json(200, { data: newDraft({ revision: 7 }) }, headers));
      const read = await api.readDraft(DRAFT_ID);
      expect(read).toMatchObject({ etag: '"e1.7"' });
      if (!read.modified) return;
      await api.readDraft(DRAFT_ID, { etag: read.etag });
      expect(sent[1]?.headers).toMatchObject({ 'if-none-match': '"e1.7"' });
      expect(sent.some(({ headers: asked }) => 'if-match' in asked)).toBe(false);
    },
  );

  it('updates a draft', async () => {
    const { api, sent } = answering(() => json(200, { data: summary }));
    expect(await api.updateDraft(DRAFT_ID, { status: 'locked' }, { ifMatch: '"e1.1"' })).toEqual(summary);
    expect(sent).toMatchObject([
      { line: `PATCH ${base}`, headers: { 'if-match': '"e1.1"' }, body: { status: 'locked' } },
    ]);
  });

  it('appends a segment', async () => {
    const { api, sent } = answering(() => json(201, { data: segment, revision: 2 }));
    const outcome = await api.appendSegment(DRAFT_ID, 'Once', { ringTerm: 3, idempotencyKey: 'k1' });
    expect(outcome).toEqual({ data: segment, revision: 2, replayed: false });
    await api.appendSegment(DRAFT_ID, 'Once');
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      [`POST ${base}/segments`, { content: 'Once', ring_term: 3 }],
      [`POST ${base}/segments`, { content: 'Once' }],
    ]);
  });

  it('passes the ring, and says when that had been done before', async () => {
    const { api, sent } = answering(() => json(200, { data: ring, revision: 3 }, { 'Idempotency-Replayed': 'true' }));
    expect(await api.passRing(DRAFT_ID, BEN, { ringTerm: 1 })).toEqual({ data: ring, revision: 3, replayed: true });
    expect(sent).toMatchObject([{ line: `POST ${base}/pass-ring`, body: { to_user_id: BEN, ring_term: 1 } }]);
  });

  it('passes the ring to the next holder, whom the server chooses', async () => {
    const { api, sent } = answering(() => json(200, { data: ring, revision: 3 }));
    await api.passRing(DRAFT_ID, { to: 'next' }, { ringTerm: 1 });
    expect(sent).toMatchObject([{ line: `POST ${base}/pass-ring`, body: { to: 'next', ring_term: 1 } }]);
  });

  it('takes the ring back, for the creator or for another member', async () => {
    const { api, sent } = answering(() => json(200, { data: ring, revision: 3 }));
    expect((await api.revokeRing(DRAFT_ID, { ringTerm: 2 })).data).toEqual(ring);
    await api.revokeRing(DRAFT_ID, { toUserId: BEN });
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      [`POST ${base}/revoke-ring`, { ring_term: 2 }],
      [`POST ${base}/revoke-ring`, { to_user_id: BEN }],
    ]);
  });

  it('asks for the ring, and ends a request', async () => {
    const queued = { user_id: BEN, requested_at: NOON, position: 2 };
    const asking = answering(() => json(201, { data: queued, revision: 4 }));
    const outcome = await asking.api.requestRing(DRAFT_ID, { idempotencyKey: 'k1' });
    expect(outcome).toEqual({ data: queued, revision: 4, replayed: false });
    expect(asking.sent).toMatchObject([
      { line: `POST ${base}/ring-requests`, headers: { 'idempotency-key': 'k1' }, body: {} },
    ]);
    const ending = answering(() => new Response(null, { status: 204 }));
    await ending.api.withdrawRequest(DRAFT_ID, BEN);
    await ending.api.declineRequest(DRAFT_ID, 'a/b');
    expect(ending.sent.map(({ line }) => line)).toEqual([
      `DELETE ${base}/ring-requests/${BEN}`,
      `DELETE ${base}/ring-requests/a%2Fb`,
    ]);
  });

  it('changes a role, and says who is away', async () => {
    const changed = { ...collaborator, away: true };
    const { api, sent } = answering(() => json(200, { data: changed, revision: 4 }));
    expect((await api.updateCollaborator(DRAFT_ID, BEN, { role: 'viewer', away: true })).data).toEqual(changed);
    await api.setAway(DRAFT_ID, BEN, false);
    expect(sent.map(({ line, body }) => [line, body])).toEqual([
      [`PATCH ${base}/collaborators/${BEN}`, { role: 'viewer', away: true }],
      [`PATCH ${base}/collaborators/${BEN}`, { away: false }],
    ]);
  });

  it('gives a draft its turn policy', async () => {
    const turn_policy = { order: 'round_robin', max_seconds: 60 } as const;
    const created = answering(() => json(201, { data: newDraft() }));
    await created.api.createDraft({ title: 'The lighthouse', turn_policy });
    const updated = answering(() => json(200, { data: summary }));
    await updated.api.updateDraft(DRAFT_ID, { turn_policy });
    expect([...created.sent, ...updated.sent].map(({ body }) => body)).toEqual([
      { title: 'The lighthouse', turn_policy },
      { turn_policy },
    ]);
  });

  it('reads a draft of a server without turn policies', async () => {
    const { turn_policy: _, ring_state, ...old } = newDraft();
    const { current_holder_id, term, holders_history, passed_at } = ring_state;
    const oldRing = { current_holder_id, term, holders_history, passed_at };
    const { api } = answering(() => json(200, { data: { ...old, ring_state: oldRing } }));
    expect(await api.readDraft(DRAFT_ID)).toMatchObject({ draft: newDraft() });
  });

  it('learns the time of the server', async () => {
    const serverClock = createServerClock({ monotonic: () => 0 });
    const api = createApi({
      credentials: developmentUser(ANA),
      baseUrl: 'https://drafts.example',
      serverClock,
      fetch: () => Promise.resolve(json(200, { data: [] }, { Date: 'Mon, 23 Nov 2026 12:00:00 GMT' })),
    });
    await api.presentUsers(DRAFT_ID);
    expect(serverClock.now()).toBe(Date.parse('2026-11-23T12:00:00.500Z'));
  });

  it('adds and removes a collaborator', async () => {
    const adding = answering(() => json(201, { data: collaborator, revision: 4 }));
    expect((await adding.api.addCollaborator(DRAFT_ID, BEN, { role: 'viewer' })).data).toEqual(collaborator);
    await adding.api.addCollaborator(DRAFT_ID, BEN);
    expect(adding.sent.map(({ body }) => body)).toEqual([{ user_id: BEN, role: 'viewer' }, { user_id: BEN }]);
    const removing = answering(() => new Response(null, { status: 204 }));
    await removing.api.removeCollaborator(DRAFT_ID, 'a/b');
    expect(removing.sent).toMatchObject([{ line: `DELETE ${base}/collaborators/a%2Fb` }]);
  });

  it('reads events, known or not', async () => {
    const news = { ...segmentAdded(3, 1), type: 'collab.news', data: { a: 1 } };
    const { api, sent } = answering(() => json(200, { data: [segmentAdded(2, 0), news], revision: 9, epoch: 'e1' }));
    const page = await api.eventsAfter(DRAFT_ID, 1, { limit: 2, waitSeconds: 25 });
    expect(page).toMatchObject({ revision: 9, epoch: 'e1' });
    expect(page.events.map(({ type, revision }) => [type, revision])).toEqual([
      ['collab.segment_added', 2],
      ['unknown', 3],
    ]);
    expect(sent.map(({ line }) => line)).toEqual([`GET ${base}/events?after=1&limit=2&wait=25`]);
  });

  it('reads who is here', async () => {
    const users = [{ user_id: VERA, connections: 2, since: NOON, state: 'typing' }];
    const { api, sent } = answering(() => json(200, { data: users }));
    expect(await api.presentUsers(DRAFT_ID)).toEqual(users);
    expect(sent.map(({ line }) => line)).toEqual([`GET ${base}/presence`]);
  });

  it.each([{}, { state: 'away' }])('takes one of whom %j is said for a viewer', async (said) => {
    const vera = { user_id: VERA, connections: 2, since: NOON };
    const { api } = answering(() => json(200, { data: [{ ...vera, ...said }] }));
    expect(await api.presentUsers(DRAFT_ID)).toEqual([{ ...vera, state: 'viewing' }]);
  });

  it('asks for a token each time', async () => {
    let count = 0;
    const { api, sent } = answering(
      () => json(200, { data: [] }),
      bearer(() => {
        count += 1;
        return Promise.resolve(`t${String(count)}`);
      }),
    );
    await api.presentUsers(DRAFT_ID);
    await api.presentUsers(DRAFT_ID);
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t1', 'Bearer t2']);
    expect(sent[0]?.headers).not.toHaveProperty('x-user-id');
  });
});

describe('a problem', () => {
  it('carries what the server said, and the values that explain it', async () => {
    const body = {
      type: 'about:blank',
      title: 'Ring required',
      status: 403,
      detail: 'the ring is held by ben',
      code: 'ring_required',
      holder: BEN,
      request_id: 'in the body',
    };
    const { api } = answering(() => json(403, body, { 'X-Request-Id': 'r1' }));
    const problem = await problemOf(api.appendSegment(DRAFT_ID, 'x'));
    expect(problem).toMatchObject({
      status: 403,
      code: 'ring_required',
      title: 'Ring required',
      detail: 'the ring is held by ben',
      holder: BEN,
      limit: null,
      requestId: 'r1',
      retryAfterMs: null,
      errors: [],
      isTransient: false,
      isFinalForReaders: true,
    });
    expect(problem.message).toBe('ring_required: the ring is held by ben');
  });

  it('names the fields of a validation error', async () => {
    const errors = [{ field: 'content', detail: '731 code points (expected: 1..500)' }];
    const { api } = answering(() => json(400, { code: 'validation_error', errors, limit: 500 }));
    const problem = await problemOf(api.appendSegment(DRAFT_ID, 'x'));
    expect(problem.errors).toEqual(errors);
    expect(problem.limit).toBe(500);
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Mon, 23 Nov 2026 12:00:00 GMT', null],
    ['-1', null],
  ])('waits for Retry-After: %s', async (header, retryAfterMs) => {
    const { api } = answering(() => json(429, { code: 'rate_limited' }, { 'Retry-After': header }));
    const problem = await problemOf(api.listDrafts());
    expect(problem).toMatchObject({ retryAfterMs, isTransient: true, isFinalForReaders: false });
  });

  it.each([
    [400, 'validation_error', false],
    [401, 'unauthenticated', false],
    [404, 'not_found', false],
    [408, 'timeout', true],
    [409, 'ring_moved', false],
    [409, 'contended', true],
    [412, 'revision_moved', false],
    [422, 'idempotency_key_reused', false],
    [500, 'internal', true],
    [503, 'draining', true],
  ])('%i %s may pass by itself: %s', async (status, code, isTransient) => {
    const { api } = answering(() => json(status, { code }));
    expect((await problemOf(api.listDrafts())).isTransient).toBe(isTransient);
  });

  it('is reported for a page that is not from the server', async () => {
    const proxy = answering(() => new Response('<h1>Bad gateway</h1>', { status: 404, statusText: 'Not Found' }));
    expect(await problemOf(proxy.api.listDrafts())).toMatchObject({
      status: 404,
      code: 'unexpected_status',
      detail: '404 Not Found',
      isTransient: true,
    });
    const portal = answering(() => new Response('<h1>Welcome to the hotel</h1>'));
    expect(await problemOf(portal.api.listDrafts())).toMatchObject({
      status: 200,
      code: 'malformed_answer',
      isTransient: true,
    });
  });

  it('names the field of an answer that is none of the contract', async () => {
    const { api } = answering(() => json(200, { data: { ...newDraft(), revision: 'seven' } }));
    const problem = await problemOf(api.readDraft(DRAFT_ID));
    expect(problem.detail).toMatch(/^data\.revision: /);
    const event = { ...segmentAdded(2, 0), data: {} };
    const events = answering(() => json(200, { data: [event], revision: 2, epoch: 'e1' }));
    expect((await problemOf(events.api.eventsAfter(DRAFT_ID, 1))).detail).toMatch(/^data\.0: /);
  });

  it('is the lack of an answer, or of a token', async () => {
    const down = answering(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await problemOf(down.api.listDrafts())).toMatchObject({ status: 0, code: 'network', isTransient: true });
    const broken = answering(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.error(new TypeError('terminated'));
            },
          }),
        ),
    );
    expect(await problemOf(broken.api.listDrafts())).toMatchObject({ code: 'network', detail: 'the answer broke off' });
    const signedOut = answering(
      () => json(200, {}),
      bearer(() => Promise.reject(new Error('signed out'))),
    );
    expect(await problemOf(signedOut.api.listDrafts())).toMatchObject({ status: 0, code: 'credentials_unavailable' });
    expect(signedOut.sent).toEqual([]);
  });

  it('is none when the caller gave up: that is thrown as it is', async () => {
    const reason = new Error('left the page');
    const { api, sent } = answering(() => json(200, {}));
    await expect(api.listDrafts({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });
});
