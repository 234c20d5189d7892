import { type DraftStatus, type DraftSummary, type OutboxEntry } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { at, draftHeldBy } from '../testing/drafts';
import { mayHoldRing, membersOf } from './membership';
import { turnOf } from './turn';

function draft(holder: string, status: DraftStatus = 'active'): DraftSummary {
  return draftHeldBy(holder, { status });
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
