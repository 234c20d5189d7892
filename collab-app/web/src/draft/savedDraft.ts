import type { Draft } from '@ringdraft/client';
import { readKept, keep, keptNames, removeKept } from '../browser';

/** A draft as this browser last saw it, for reading without a network. */
export interface SavedDraft {
  /** When it was saved. */
  readonly at: string;
  readonly draft: Draft;
}

/** So many drafts are kept for a user; the one that was saved longest ago goes first. */
const mostDrafts = 30;
/** So many segments of a draft are kept, the last ones. */
const mostSegments = 1_000;

function prefixOf(userId: string): string {
  return `/saved/${encodeURIComponent(userId)}/`;
}

export async function readSavedDraft(userId: string, draftId: string): Promise<SavedDraft | null> {
  return parse(await readKept(prefixOf(userId) + encodeURIComponent(draftId)));
}

/** All drafts that are kept for the user, the last saved first. */
export async function savedDrafts(userId: string): Promise<readonly SavedDraft[]> {
  const names = (await keptNames()).filter((name) => name.startsWith(prefixOf(userId)));
  const saved = await Promise.all(names.map(async (name) => parse(await readKept(name))));
  return saved.filter((each) => each !== null).sort((one, other) => (one.at < other.at ? 1 : -1));
}

export async function saveDraft(userId: string, draft: Draft): Promise<void> {
  const saved: SavedDraft = {
    at: new Date().toISOString(),
    draft: { ...draft, segments: draft.segments.slice(-mostSegments) },
  };
  await keep(prefixOf(userId) + encodeURIComponent(draft.draft_id), JSON.stringify(saved));
  const tooMany = (await savedDrafts(userId)).slice(mostDrafts);
  await Promise.all(tooMany.map((each) => removeSavedDraft(userId, each.draft.draft_id)));
}

export async function removeSavedDraft(userId: string, draftId: string): Promise<void> {
  await removeKept(prefixOf(userId) + encodeURIComponent(draftId));
}

/** Removes the drafts of all users. */
export async function removeSavedDrafts(): Promise<void> {
  await Promise.all((await keptNames()).map(removeKept));
}

/** Removes the drafts of one user. */
export async function removeSavedDraftsOf(userId: string): Promise<void> {
  await Promise.all((await keptNames()).filter((name) => name.startsWith(prefixOf(userId))).map(removeKept));
}

/** Removes the drafts of all other users. */
export async function removeSavedDraftsOfOthers(userId: string): Promise<void> {
  await Promise.all((await keptNames()).filter((name) => !name.startsWith(prefixOf(userId))).map(removeKept));
}

function parse(text: string | null): SavedDraft | null {
  if (text === null) return null;
  try {
    const { at, draft } = JSON.parse(text) as Partial<SavedDraft>;
    return typeof at === 'string' && typeof draft?.revision === 'number' && Array.isArray(draft.segments)
      ? { at, draft }
      : null;
  } catch {
    return null;
  }
}
