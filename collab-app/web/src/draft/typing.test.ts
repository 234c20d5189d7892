import { defaultTurnPolicy, type DraftSummary, type PresentUser } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { typingHolder } from './typing';

const at = '2026-11-23T12:00:00.000Z';

const draft: DraftSummary = {
  draft_id: 'd-1',
  creator_id: 'ana',
  title: 'A walk',
  platform: null,
  status: 'active',
  revision: 4,
  epoch: 'e',
  turn_policy: defaultTurnPolicy,
  ring_state: {
    current_holder_id: 'ben',
    term: 2,
    holders_history: ['ana', 'ben'],
    passed_at: at,
    turn_started_at: at,
    turn_ends_at: null,
    turn_segments: 0,
    next_user_id: null,
    requests: [],
    away: [],
  },
  collaborators: [{ user_id: 'ben', role: 'contributor', joined_at: at }],
  segment_count: 0,
  created_at: at,
  updated_at: at,
};

function here(user_id: string, state: PresentUser['state']): PresentUser {
  return { user_id, connections: 1, since: at, state };
}

describe('the writer', () => {
  it('is the holder, while they type', () => {
    expect(typingHolder(draft, [here('ana', 'viewing'), here('ben', 'typing')], 'ana')).toBe('ben');
    expect(typingHolder(draft, [here('ana', 'viewing'), here('ben', 'viewing')], 'ana')).toBeNull();
    expect(typingHolder(draft, [], 'ana')).toBeNull();
  });

  it('is nobody without the ring, whatever they say', () => {
    expect(typingHolder(draft, [here('cleo', 'typing')], 'ana')).toBeNull();
  });

  it('is not oneself, in another tab', () => {
    expect(typingHolder(draft, [here('ben', 'typing')], 'ben')).toBeNull();
  });

  it('is nobody while the draft takes no segments', () => {
    expect(typingHolder({ ...draft, status: 'locked' }, [here('ben', 'typing')], 'ana')).toBeNull();
  });
});
