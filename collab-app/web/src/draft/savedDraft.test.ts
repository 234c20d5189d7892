import type { Draft } from '@ringdraft/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, draftHeldBy } from '../testing/drafts';
import { memoryCaches } from '../testing/caches';
import {
  readSavedDraft,
  removeSavedDrafts,
  removeSavedDraftsOf,
  removeSavedDraftsOfOthers,
  saveDraft,
  savedDrafts,
} from './savedDraft';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at), toFake: ['Date'] });
  vi.stubGlobal('caches', memoryCaches());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function draftWith(id: string, segmentCount = 1): Draft {
  const segments = Array.from({ length: segmentCount }, (_, position) => ({
    segment_id: `s-${String(position)}`,
    draft_id: id,
    author_user_id: 'ana',
    content: `Segment ${String(position)}`,
    position,
    created_at: at,
  }));
  return { ...draftHeldBy('ana', { draft_id: id, segment_count: segmentCount }), segments };
}

async function savedIds(userId: string): Promise<readonly string[]> {
  return (await savedDrafts(userId)).map(({ draft }) => draft.draft_id);
}

describe('drafts kept in this browser', () => {
  it('are read by the user for whom they were saved, and by no other', async () => {
    await saveDraft('ana', draftWith('d-1'));

    expect(await readSavedDraft('ana', 'd-1')).toEqual({ at, draft: draftWith('d-1') });
    expect(await readSavedDraft('ben', 'd-1')).toBeNull();
    expect(await savedIds('ben')).toEqual([]);
  });

  it('are the last thirty, with their last thousand segments', async () => {
    await saveDraft('ana', draftWith('d-0', 1_001));
    expect((await readSavedDraft('ana', 'd-0'))?.draft.segments.at(0)?.position).toBe(1);
    for (let number = 1; number <= 30; number++) {
      vi.setSystemTime(Date.parse(at) + number);
      await saveDraft('ana', draftWith(`d-${String(number)}`));
    }

    const ids = await savedIds('ana');
    expect([ids.length, ids.at(0), ids.at(-1)]).toEqual([30, 'd-30', 'd-1']);
  });

  it('are removed for a user, for the others, or for all', async () => {
    for (const userId of ['ana', 'ben', 'an']) await saveDraft(userId, draftWith('d-1'));
    await removeSavedDraftsOf('ben');
    expect(await savedIds('ben')).toEqual([]);
    await removeSavedDraftsOfOthers('an');
    expect([await savedIds('ana'), await savedIds('an')]).toEqual([[], ['d-1']]);
    await removeSavedDrafts();
    expect(await savedIds('an')).toEqual([]);
  });
});
