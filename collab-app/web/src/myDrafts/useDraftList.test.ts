import { expect, it } from 'vitest';
import { draftHeldBy } from '../testing/drafts';
import { joined, renewed } from './useDraftList';

const draft = (id: string, second: number) =>
  draftHeldBy('ana', { draft_id: id, updated_at: `2026-11-23T12:00:0${String(second)}.000Z` });
const ids = (drafts: ReturnType<typeof joined>) => drafts.map(({ draft_id: id }) => id);

it('a draft that is on two pages is listed once', () => {
  expect(ids(joined([draft('c', 3), draft('b', 2)], [draft('b', 2), draft('a', 1)]))).toEqual(['c', 'b', 'a']);
});

it('a renewed list begins with the newest page, keeps older drafts, and drops those of which one is no member', () => {
  const known = [draft('d', 4), draft('c', 3), draft('b', 2), draft('a', 1)];
  expect(ids(renewed(known, [draft('b', 5), draft('d', 4)]))).toEqual(['b', 'd', 'c', 'a']);
  expect(ids(renewed(known, [draft('d', 4), draft('b', 2)]))).toEqual(['d', 'b', 'a']);
});
