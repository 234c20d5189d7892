import { type PresentUser } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { at, draftHeldBy } from '../testing/drafts';
import { typingHolder } from './typing';

const draft = draftHeldBy('ben');

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
