import { type DraftStatus, type DraftSummary } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { draftHeldBy } from '../testing/drafts';
import { turnsFirst } from './order';

function draft(title: string, holder: string, endsAt: string | null, status: DraftStatus = 'active'): DraftSummary {
  const { ring_state } = draftHeldBy(holder);
  return draftHeldBy(holder, {
    draft_id: title,
    title,
    status,
    ring_state: { ...ring_state, turn_ends_at: endsAt },
    collaborators: [],
  });
}

describe('my drafts', () => {
  it('begin with those in which it is my turn, the soonest to end first; the others stay in their order', () => {
    const drafts = [
      draft('other', 'ben', '2026-11-23T12:00:01.000Z'),
      draft('without end', 'ana', null),
      draft('late', 'ana', '2026-11-23T18:00:00.000Z'),
      draft('locked', 'ana', null, 'locked'),
      draft('soon', 'ana', '2026-11-23T13:00:00.000Z'),
      draft('last', 'cleo', null),
    ];
    expect(turnsFirst(drafts, 'ana').map(({ title }) => title)).toEqual([
      'soon',
      'late',
      'without end',
      'other',
      'locked',
      'last',
    ]);
  });
});
