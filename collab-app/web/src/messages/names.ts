import { words } from './words';

/**
 * A member as the pages write one: `@ben`. Signs that can't be seen or that turn the direction of a
 * line are shown by their number, so that nobody looks like somebody else.
 */
export function atName(userId: string): string {
  return `@${userId.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, numbered)}`;
}

function numbered(sign: string): string {
  return `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Up to two signs that stand for a member in a small round mark. */
export function initials(userId: string): string {
  const words = userId.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const signs = (words.length > 1 ? words : Array.from(words[0] ?? '?')).slice(0, 2).map((part) => Array.from(part)[0]);
  return signs.join('').toUpperCase();
}

/** How many author colours the style sheet knows: `.author-0` and on. */
export const authorColours = 8;

/** The class of a member's colour: the same on every page and for every reader (FNV-1a, 32 bits). */
export function authorClass(userId: string): string {
  let hash = 0x811c9dc5;
  for (const sign of userId) {
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `author-${String(hash % authorColours)}`;
}

/** `@ana`, `@ana and @ben`, `@ana, @ben and @cleo`. */
export function nameList(userIds: readonly string[]): string {
  return words.app.and(userIds.map(atName));
}
