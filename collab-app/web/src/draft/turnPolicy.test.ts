import { defaultTurnPolicy } from '@ringdraft/client';
import { describe, expect, it } from 'vitest';
import { policyText } from './turnPolicy';

describe('a turn policy in words', () => {
  it.each([
    [{}, 'Each turn lasts until its holder passes the ring to a member of their choice.'],
    [
      { order: 'round_robin', max_seconds: 7_200 },
      'Each turn lasts at most 2 hours, then the next in order. A member who misses 2 turns in a row is away and is skipped.',
    ],
    [
      { order: 'round_robin', max_seconds: 7_200, away_after_missed: null },
      'Each turn lasts at most 2 hours, then the next in order.',
    ],
    [
      { order: 'least_recent' },
      'Each turn lasts until its holder passes the ring. Next is the member who waited longest.',
    ],
    [
      { max_seconds: 60, max_segments: 1, away_after_missed: 1 },
      'Each turn lasts at most 1 minute or 1 segment, then the first member who asked, else the creator. A member who misses a turn is away and is skipped.',
    ],
  ] as const)('%j', (part, text) => {
    expect(policyText({ ...defaultTurnPolicy, ...part })).toBe(text);
  });
});
