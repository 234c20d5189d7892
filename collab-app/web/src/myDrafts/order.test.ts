import { defaultTurnPolicy, type DraftStatus, type DraftSummary } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { turnsFirst } from './order';

const at = '2026-11-23T12:00:00.000Z';

function draft(title: string, holder: string, endsAt: string | null, status: DraftStatus = 'active'): DraftSummary {
  return {
    draft_id: title,
    creator_id: 'ana',
    title,
    platform: null,
    status,
    revision: 4,
    epoch: 'e',
    turn_policy: defaultTurnPolicy,
    ring_state: {
      current_holder_id: holder,
      term: 2,
      holders_history: ['ana', holder],
      passed_at: at,
      turn_started_at: at,
      turn_ends_at: endsAt,
      turn_segments: 0,
      next_user_id: null,
      requests: [],
      away: [],
    },
    collaborators: [],
    segment_count: 0,
    created_at: at,
    updated_at: at,
  };
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
