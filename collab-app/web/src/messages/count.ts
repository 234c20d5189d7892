/** The length of a text as the server counts it: Unicode code points, nothing trimmed. */
export function codePoints(text: string): number {
  let count = 0;
  for (const sign of text) {
    if (sign !== '') count += 1;
  }
  return count;
}

/** `1 segment`, `2 segments`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A place in a queue, from 0: `first in the queue`, `place 2 of 3`. */
export function placeText(place: number, length: number): string {
  return place === 0 ? 'first in the queue' : `place ${String(place + 1)} of ${String(length)} in the queue`;
}

/** What the editor says of its length: how much is left, or how much is too many. */
export function remaining(text: string, maxCodePoints: number): { readonly left: number; readonly words: string } {
  const left = maxCodePoints - codePoints(text);
  return { left, words: left >= 0 ? `${String(left)} left` : `${String(-left)} too many` };
}
