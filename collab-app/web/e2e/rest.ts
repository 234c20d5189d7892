import { createApi, developmentUser, type Api, type Draft } from '@ringdraft/client';

/** The server as one person's program sees it, without a page. */
export function apiOf(url: string, userId: string): Api {
  return createApi({ baseUrl: url, credentials: developmentUser(userId) });
}

/** A draft of ANA's with BEN and CLEO to write and VERA to read, and the given segments by ANA. */
export async function draftOfAna(url: string, title: string, segments: readonly string[] = []): Promise<Draft> {
  const api = apiOf(url, 'ana');
  const draft = await api.createDraft({ title, platform: 'blog' });
  await api.addCollaborator(draft.draft_id, 'ben', { role: 'contributor' });
  await api.addCollaborator(draft.draft_id, 'cleo', { role: 'contributor' });
  await api.addCollaborator(draft.draft_id, 'vera', { role: 'viewer' });
  for (const content of segments) await api.appendSegment(draft.draft_id, content);
  return draft;
}

/** The texts of a draft as the server has them. */
export async function textsOf(url: string, draftId: string): Promise<readonly string[]> {
  const read = await apiOf(url, 'ana').readDraft(draftId);
  if (!read.modified) throw new Error('a draft that was asked for whole came back unmodified');
  return read.draft.segments.map((segment) => segment.content);
}
