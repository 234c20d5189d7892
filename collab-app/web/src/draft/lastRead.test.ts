import { describe, expect, it } from 'vitest';
import { type LastRead, parseLastRead, unreadCount, writeLastRead } from './lastRead';

const at = '2026-11-23T12:00:00.000Z';
const read: LastRead = { count: 3, epoch: 'e', at, place: { kind: 'segment', position: 2, top: 80 } };

describe('what was read last', () => {
  it.each([read, { ...read, place: { kind: 'end' } }])('is read as it was written: %j', (value) => {
    expect(parseLastRead(JSON.stringify(value))).toEqual(value);
  });

  it.each([
    null,
    '',
    '{',
    'null',
    '{}',
    JSON.stringify({ ...read, count: '3' }),
    JSON.stringify({ ...read, place: 7 }),
  ])('is nothing in %j', (text) => {
    expect(parseLastRead(text)).toBeNull();
  });

  it('says how many segments are new', () => {
    const draft = { draft_id: 'd-1', epoch: 'e', segment_count: 5 };
    expect(unreadCount(draft, 'ana')).toBeNull();
    writeLastRead('d-1', 'ana', read);
    expect(unreadCount(draft, 'ana')).toBe(2);
    expect(unreadCount({ ...draft, segment_count: 1 }, 'ana')).toBe(0);
    expect(unreadCount({ ...draft, epoch: 'another' }, 'ana')).toBeNull();
  });
});
