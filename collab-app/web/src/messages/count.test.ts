import { describe, expect, it } from 'vitest';
import { codePoints, remaining } from './count';
import { words } from './words';

describe('the counter', () => {
  it('counts code points, as the server does', () => {
    expect(codePoints('')).toBe(0);
    expect(codePoints('naïve')).toBe(5);
    expect(codePoints('🙂🙂')).toBe(2);
    expect(codePoints('e\u0301')).toBe(2);
    expect(codePoints(' \n ')).toBe(3);
  });

  it('says how much is left, down to nothing', () => {
    expect(remaining('abc', 5)).toEqual({ left: 2, words: '2 left' });
    expect(remaining('abcde', 5)).toEqual({ left: 0, words: '0 left' });
  });

  it('says how much is too many', () => {
    expect(remaining('🙂🙂🙂', 2)).toEqual({ left: -1, words: '1 too many' });
  });

  it('has a singular', () => {
    expect([0, 1, 2, 1234].map((count) => words.count.segments(count))).toEqual([
      '0 segments',
      '1 segment',
      '2 segments',
      '1,234 segments',
    ]);
  });
});
