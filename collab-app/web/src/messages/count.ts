import { words } from './words';

/** The length of a text as the server counts it: Unicode code points, nothing trimmed. */
export function codePoints(text: string): number {
  let count = 0;
  for (const sign of text) {
    if (sign !== '') count += 1;
  }
  return count;
}

/** What the editor says of its length: how much is left, or how much is too many. */
export function remaining(text: string, maxCodePoints: number): { readonly left: number; readonly words: string } {
  const left = maxCodePoints - codePoints(text);
  return { left, words: left >= 0 ? words.count.left(left) : words.count.tooMany(-left) };
}
