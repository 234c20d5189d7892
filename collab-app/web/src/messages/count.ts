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

/** What the editor says of its length: how much is left, or how much is too many. */
export function remaining(text: string, maxCodePoints: number): { readonly left: number; readonly words: string } {
  const left = maxCodePoints - codePoints(text);
  return { left, words: left >= 0 ? `${String(left)} left` : `${String(-left)} too many` };
}
