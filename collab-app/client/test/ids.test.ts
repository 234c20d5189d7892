import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApi } from '../src/api.js';
import { ApiProblem } from '../src/apiProblem.js';
import { developmentUser } from '../src/credentials.js';
import type { Collaborator } from '../src/draft.js';
import { getWsUrl, openDraftSocket } from '../src/realtime.js';
import { isAddressable } from '../src/serverUrl.js';
import { ANA, NOON, newDraft } from './cast.js';
import { json } from './fakeServer.js';

const baseUrl = 'https://drafts.example/behind/a/path/';
const addressable = [
  'a/b',
  '/',
  '//',
  'a%2Fb',
  '%2e',
  '%2E%2E',
  '.%2e',
  '%',
  '%zz',
  '100%',
  '...',
  '.a',
  'a..',
  '. .',
  'ben;x=1',
  ';',
  'a?b',
  'a#b',
  'a&b=c',
  'a+b',
  'a b',
  ' a ',
  'a\\b',
  "!'()*",
  'a:b@c',
  '|"<>^`{}[]',
  'é',
  'e\u0301',
  '漢字',
  'עברית',
  '👩‍🚀',
  '\u202E',
  '\uFEFF',
  'collaborators',
  'segments',
  'null',
  'x'.repeat(128),
  'ü'.repeat(128),
  '😀'.repeat(64),
];
const unaddressable = [
  '',
  '.',
  '..',
  '../up',
  '/..',
  'a/./b',
  'a\\..',
  './/',
  '\uD800',
  '\uDC00',
  'a\uD83D',
  '\uDE00b',
];

/** A server of one draft that takes each path segment as it is, once decoded. */
function serverOf(draftId: string) {
  const lines: string[] = [];
  let collaborators: readonly Collaborator[] = [];
  let holder = ANA;
  const fetch: typeof globalThis.fetch = (input, init) => {
    const method = init?.method ?? 'GET';
    const { pathname } = new URL(new Request(input).url);
    lines.push(`${method} ${pathname}`);
    const [, , , , , , , id, what, whom, ...more] = pathname.split('/').map(decodeURIComponent);
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, string>) : {};
    return Promise.resolve(answer(method, body, { id, what, whom, more }));
  };
  function answer(
    method: string,
    body: Record<string, string>,
    at: { id: string | undefined; what: string | undefined; whom: string | undefined; more: string[] },
  ): Response {
    const notFound = json(404, { code: 'not_found' });
    if (at.id !== draftId || at.more.length > 0) return notFound;
    const draft = newDraft({
      draft_id: draftId,
      collaborators,
      ring_state: { ...newDraft().ring_state, current_holder_id: holder },
    });
    switch (`${method} ${at.what ?? ''}`) {
      case 'GET ':
        return json(200, { data: draft });
      case 'GET presence':
        return json(200, {
          data: collaborators.map(({ user_id }) => ({ user_id, connections: 1, since: NOON, state: 'viewing' })),
        });
      case 'POST collaborators': {
        const added: Collaborator = { user_id: body['user_id'] ?? '', role: 'contributor', joined_at: NOON };
        collaborators = [...collaborators, added];
        return json(201, { data: added, revision: 2 });
      }
      case 'POST pass-ring':
        holder = body['to_user_id'] ?? '';
        return json(200, { data: { ...draft.ring_state, current_holder_id: holder }, revision: 3 });
      case 'DELETE collaborators': {
        const left = collaborators.filter(({ user_id }) => user_id !== at.whom);
        if (left.length === collaborators.length) return notFound;
        collaborators = left;
        return new Response(null, { status: 204 });
      }
      default:
        return notFound;
    }
  }
  const api = createApi({ baseUrl, credentials: developmentUser(ANA), fetch });
  return { api, lines, members: () => collaborators.map(({ user_id }) => user_id) };
}

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (!(thrown instanceof ApiProblem)) throw new Error(`no ApiProblem: ${String(thrown)}`);
  return thrown;
}

describe('an id that a URL can carry', () => {
  it.each(addressable)('can be added, read, watched, passed to and removed: %j', async (id) => {
    const { api, members } = serverOf('d-1');
    expect(isAddressable(id)).toBe(true);
    expect((await api.addCollaborator('d-1', id)).data.user_id).toBe(id);
    await api.addCollaborator('d-1', 'ben');
    const read = await api.readDraft('d-1');
    expect(read.modified && read.draft.collaborators[0]?.user_id).toBe(id);
    expect((await api.presentUsers('d-1')).map(({ user_id }) => user_id)).toEqual([id, 'ben']);
    expect((await api.passRing('d-1', id)).data.current_holder_id).toBe(id);
    await api.removeCollaborator('d-1', id);
    expect(members()).toEqual(['ben']);
  });

  it.each(addressable)('can be the id of a draft: %j', async (id) => {
    const { api } = serverOf(id);
    const read = await api.readDraft(id);
    expect(read.modified && read.draft.draft_id).toBe(id);
    await api.addCollaborator(id, id);
    await api.removeCollaborator(id, id);
    const segments = new URL(getWsUrl(id, { baseUrl })).pathname.split('/').map(decodeURIComponent);
    expect(segments.slice(-3)).toEqual(['ws', 'drafts', id]);
  });
});

describe('an id that no URL can carry', () => {
  it.each(unaddressable)('is refused before anything is asked: %j', async (id) => {
    const { api, lines } = serverOf('d-1');
    expect(isAddressable(id)).toBe(false);
    expect(await problemOf(api.addCollaborator('d-1', id))).toMatchObject({
      status: 400,
      code: 'validation_error',
      errors: [{ field: 'user_id' }],
      isTransient: false,
    });
    for (const asked of [
      () => api.removeCollaborator('d-1', id),
      () => api.readDraft(id),
      () => api.updateDraft(id, { title: 'Other' }),
      () => api.appendSegment(id, 'text'),
      () => api.passRing(id, 'ben'),
      () => api.addCollaborator(id, 'ben'),
      () => api.removeCollaborator(id, 'ben'),
      () => api.eventsAfter(id, 0),
      () => api.presentUsers(id),
    ]) {
      expect(await problemOf(asked())).toMatchObject({ status: 404, code: 'not_found', isFinalForReaders: true });
    }
    expect(lines).toEqual([]);
    expect(() => getWsUrl(id, { baseUrl })).toThrow(ApiProblem);
    const opened: string[] = [];
    const opening = openDraftSocket(id, {
      baseUrl,
      credentials: developmentUser(ANA),
      onFrame: () => undefined,
      onClose: () => undefined,
      environment: {
        openWebSocket: (url) => {
          opened.push(url);
          throw new Error('opened');
        },
      },
    });
    await expect(opening).rejects.toMatchObject({ name: 'SocketNotOpened' });
    expect(opened).toEqual([]);
  });

  it('is one by the rule of the server', () => {
    const java = readFileSync(
      new URL('../../../collab-domain/src/main/java/dev/ringdraft/member/UserId.java', import.meta.url),
      'utf8',
    );
    const [, literal = ''] = /Pattern DOT_SEGMENT = Pattern\.compile\(("(?:[^"\\]|\\.)*")\)/.exec(java) ?? [];
    const dotSegment = new RegExp(JSON.parse(literal) as string);
    for (const id of addressable) expect(dotSegment.test(id), id).toBe(false);
    for (const id of unaddressable.filter((odd) => /^[ -~]+$/.test(odd))) expect(dotSegment.test(id), id).toBe(true);
  });

  it.each(['.', '..', '', 'a b', 'é'])('is no name for development mode: %j', (id) => {
    expect(() => developmentUser(id)).toThrow(RangeError);
  });
});
