import { defaultTurnPolicy, type DraftStatus, type DraftSummary, type OutboxEntry } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { mayHoldRing, membersOf } from './membership';
import { turnOf } from './turn';

const at = '2026-11-23T12:00:00.000Z';

function draft(holder: string, status: DraftStatus = 'active'): DraftSummary {
  return {
    draft_id: 'd-1',
    creator_id: 'ana',
    title: 'A walk',
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
  };
}

const pass: OutboxEntry = {
  kind: 'pass',
  key: 'k',
  state: 'sending',
  ringTerm: 2,
  createdAt: 0,
  revision: null,
  problem: null,
  isKept: true,
  tries: 0,
  toUserId: 'ben',
};

describe('the turn', () => {
  it('is mine when I hold the ring', () => {
    expect(turnOf(draft('ana'), 'ana', [])).toEqual({ kind: 'mine' });
  });

  it('is waited for when another holds it, and says whom for', () => {
    expect(turnOf(draft('ben'), 'ana', [])).toEqual({ kind: 'waiting', reason: 'Waiting for @ben' });
  });

  it('is being passed while the pass is on its way', () => {
    expect(turnOf(draft('ana'), 'ana', [pass])).toMatchObject({ kind: 'passing', reason: 'Passing the ring to @ben…' });
  });

  it('never comes to a viewer, to a stranger, or while the draft is not active', () => {
    expect(turnOf(draft('ana'), 'vera', []).kind).toBe('reading');
    expect(turnOf(draft('ana'), 'zoe', []).kind).toBe('reading');
    expect(turnOf(draft('ana', 'locked'), 'ana', []).kind).toBe('reading');
    expect(turnOf(draft('ana', 'completed'), 'ana', []).kind).toBe('reading');
  });
});

describe('the members', () => {
  it('are the creator and then the collaborators, each once', () => {
    const listed = {
      ...draft('ana'),
      collaborators: [{ user_id: 'ana', role: 'contributor' as const, joined_at: at }],
    };

    expect(membersOf(draft('ana')).map((member) => member.userId)).toEqual(['ana', 'ben', 'vera']);
    expect(membersOf(listed).map((member) => member.userId)).toEqual(['ana']);
  });

  it('but for viewers may hold the ring', () => {
    expect(
      membersOf(draft('ana'))
        .filter(mayHoldRing)
        .map((member) => member.userId),
    ).toEqual(['ana', 'ben']);
  });
});
