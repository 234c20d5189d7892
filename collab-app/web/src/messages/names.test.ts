import { describe, expect, it } from 'vitest';
import { atName, authorClass, authorColours, initials, nameList } from './names';

describe('a name', () => {
  it('shows what hides in it', () => {
    expect(atName('ana')).toBe('@ana');
    expect(atName('an\u200Ba\u202E\u2028')).toBe('@an⟨U+200B⟩a⟨U+202E⟩⟨U+2028⟩');
  });

  it('has initials', () => {
    expect(['ana', 'ben.king', 'user_2abc', 'x', '!!', 'éva'].map(initials)).toEqual([
      'AN',
      'BK',
      'U2',
      'X',
      '?',
      'ÉV',
    ]);
  });

  it('has the same colour always, one of those there are', () => {
    for (const name of ['ana', 'ben', 'cleo', 'vera', '', '🙂']) {
      expect(authorClass(name)).toBe(authorClass(name));
      expect(Number(authorClass(name).replace('author-', ''))).toBeLessThan(authorColours);
    }
  });

  it('the cast of the examples has four colours', () => {
    expect(new Set(['ana', 'ben', 'cleo', 'vera'].map(authorClass)).size).toBe(4);
  });

  it('stands in a list as one would say it', () => {
    expect(nameList(['ana'])).toBe('@ana');
    expect(nameList(['ana', 'ben', 'cleo'])).toBe('@ana, @ben and @cleo');
  });
});
