export interface Backoff {
  readonly firstMs: number;
  readonly ceilingMs: number;
}

/** A wait that a server or proxy asks for, within 1 s to 60 s, so that it neither overflows nor hammers. */
export function boundedWaitMs(givenMs: number): number {
  return Math.min(60_000, Math.max(1_000, givenMs));
}

/** The longest wait after this many failures in a row (0, 1, 2 …): doubled each time, up to the ceiling. */
export function longestWaitMs({ firstMs, ceilingMs }: Backoff, failures: number): number {
  return Math.min(ceilingMs, firstMs * 2 ** Math.min(failures, 30));
}

/** A wait anywhere below the longest, so that many clients do not come back at once. */
export function fullJitterMs(backoff: Backoff, failures: number, random: () => number): number {
  return random() * longestWaitMs(backoff, failures);
}
