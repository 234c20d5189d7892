import { defaultTurnPolicy, type DraftSummary } from '@ringdraft/client';

/** When all happens in the drafts of the tests. */
export const at = '2026-11-23T12:00:00.000Z';

/** A draft of ANA's in its second turn, in which BEN contributes and VERA views. */
export function draftHeldBy(holder: string, part: Partial<DraftSummary> = {}): DraftSummary {
  return {
    draft_id: 'd-1',
    creator_id: 'ana',
    title: 'A walk',
    platform: null,
    status: 'active',
    revision: 4,
    epoch: 'e',
    turn_policy: defaultTurnPolicy,
    ring_state: {
      current_holder_id: holder,
      term: 2,
      holders_history: ['ana', holder],
      passed_at: at,
      turn_started_at: at,
      turn_ends_at: null,
      turn_segments: 0,
      next_user_id: null,
      requests: [],
      away: [],
    },
    collaborators: [
      { user_id: 'ben', role: 'contributor', joined_at: at },
      { user_id: 'vera', role: 'viewer', joined_at: at },
    ],
    segment_count: 0,
    created_at: at,
    updated_at: at,
    ...part,
  };
}
