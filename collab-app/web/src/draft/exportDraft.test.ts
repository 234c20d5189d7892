import { bearer, developmentUser } from '@ringdraft/client';
import { afterEach, expect, it, vi } from 'vitest';
import { exportDraft } from './exportDraft';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(answer: () => Response): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(() => Promise.resolve(answer()));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

it.each([
  ['attachment; filename="Dusk-r2.md"', 'Dusk-r2.md'],
  [`attachment; filename="draft-r2.md"; filename*=UTF-8''%C3%9Cber-r2.md`, 'Über-r2.md'],
  ['', 'draft.md'],
])('a file that is sent with %j has the name %s', async (disposition, name) => {
  const fetch = answering(() => new Response('# Dusk\n', { headers: { 'Content-Disposition': disposition } }));
  const options = { format: 'md', withAuthors: false } as const;
  const file = await exportDraft(developmentUser('ana'), 'd-1', options);
  expect([file.name, await file.text()]).toEqual([name, '# Dusk\n']);
  expect(fetch).toHaveBeenCalledWith('/v1/collab/drafts/d-1/export?format=md&authors=false', {
    headers: { 'X-User-Id': 'ana' },
    cache: 'no-store',
  });
});

it('events are asked for with their authors, under a token', async () => {
  const fetch = answering(() => new Response(''));
  await exportDraft(
    bearer(() => 't'),
    'd-1',
    { format: 'jsonl', withAuthors: false },
  );
  expect(fetch).toHaveBeenCalledWith('/v1/collab/drafts/d-1/export?format=jsonl&authors=true', {
    headers: { Authorization: 'Bearer t' },
    cache: 'no-store',
  });
});

it('a refusal and an answer that breaks off are problems', async () => {
  const options = { format: 'txt', withAuthors: true } as const;
  answering(() => Response.json({ code: 'not_found', detail: 'no such draft' }, { status: 404 }));
  await expect(exportDraft(developmentUser('ana'), 'd-1', options)).rejects.toMatchObject({ code: 'not_found' });
  const broken = new ReadableStream({
    pull: (controller) => {
      controller.error(new TypeError('terminated'));
    },
  });
  answering(() => new Response(broken));
  await expect(exportDraft(developmentUser('ana'), 'd-1', options)).rejects.toMatchObject({ code: 'network' });
});
