import { describe, expect, it } from 'vitest';
import type { PresentUser } from '../src/draft.js';
import { reducePresence } from '../src/presence.js';
import { parseEvent } from '../src/realtime.js';
import { ANA, BEN, CLEO, NOON, VERA } from './cast.js';

function user(user_id: string, part: Partial<PresentUser> = {}): PresentUser {
  return { user_id, connections: 1, since: NOON, state: 'viewing', ...part };
}

const here = [user(ANA), user(BEN), user(VERA)];
const typing = user(BEN, { state: 'typing', connections: 2 });

describe('the present users', () => {
  it('gain who joined, lose who left, and show what changed in its place', () => {
    const frame = { type: 'presence_diff', joined: [user(CLEO)], changed: [typing], left: [VERA] } as const;
    expect(reducePresence(here, frame)).toEqual([user(ANA), typing, user(CLEO)]);
  });

  it('are the same when an older server says under joined what changed', () => {
    const frame = { type: 'presence_diff', joined: [user(CLEO), typing], left: [VERA] } as const;
    expect(reducePresence(here, frame)).toEqual([user(ANA), typing, user(CLEO)]);
  });

  it('hold one of whom a change is the first that is heard', () => {
    expect(reducePresence([], { type: 'presence_diff', joined: [], changed: [typing], left: [] })).toEqual([typing]);
  });

  it('hold one who left and came again', () => {
    const frame = { type: 'presence_diff', joined: [typing], left: [BEN] } as const;
    expect(reducePresence(here, frame)).toEqual([user(ANA), user(VERA), typing]);
  });

  it('are replaced by a whole state', () => {
    expect(reducePresence(here, { type: 'presence_state', users: [typing] })).toEqual([typing]);
  });

  it.each([{}, { changed: [] }, { changed: [typing] }])('are read with and without what changed: %j', (part) => {
    const frame = { type: 'presence_diff', joined: [], left: [], ...part };
    expect(parseEvent(JSON.stringify(frame))).toEqual(frame);
  });
});
