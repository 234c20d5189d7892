import { problemFrom, type ApiProblem } from './apiProblem.js';
import { boundedWaitMs, longestWaitMs, type Backoff } from './backoff.js';
import { withDeadline } from './deadline.js';
import type { Clock } from './environment.js';

export interface PollingTransportOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Asks once; true when something new came. */
  readonly ask: (waitSeconds: number, signal: AbortSignal) => Promise<boolean>;
  readonly onAnswer: () => void;
  readonly onFailure: (problem: ApiProblem) => void;
}

/**
 * Polling, the fallback transport. The first request starts at once, then 3 s after the last beginning, or as soon as a long
 * poll brought something; after failures 3, 6, 12, 24, 30 s apart. A long poll that breaks (as some proxies break what is held open) is
 * asked again short, and short from then on.
 */
export interface PollingTransport {
  readonly start: () => void;
  readonly stop: () => void;
  /** Asks at once, unless an answer is awaited already. */
  readonly wake: () => void;
}

const intervalMs = 3_000;
const slowing: Backoff = { firstMs: intervalMs, ceilingMs: 30_000 };
const longPollSeconds = 25;
const requestTimeoutMs = 10_000;

export function createPollingTransport({
  clock,
  random,
  ask,
  onAnswer,
  onFailure,
}: PollingTransportOptions): PollingTransport {
  let run: AbortController | null = null;
  let asking = false;
  let failures = 0;
  let longPolls = true;
  let cancelNext: (() => void) | null = null;

  async function poll(current: AbortController, waitSeconds: number): Promise<void> {
    const { signal } = current;
    const begun = clock.monotonic();
    asking = true;
    cancelNext?.();
    try {
      const timeoutMs = requestTimeoutMs + waitSeconds * 1_000;
      const isNew = await withDeadline(clock, timeoutMs, signal, (inTime) => ask(waitSeconds, inTime));
      if (signal.aborted) return;
      failures = 0;
      onAnswer();
      const brought = isNew && waitSeconds > 0;
      next(
        current,
        brought ? 0 : Math.min(intervalMs, Math.max(0, begun + intervalMs - clock.monotonic())),
        longPolls ? longPollSeconds : 0,
      );
    } catch (thrown) {
      if (signal.aborted) return;
      const problem = problemFrom(thrown);
      if (waitSeconds > 0 && problem.isTransient && problem.retryAfterMs === null) {
        longPolls = false;
        next(current, 0, 0);
        return;
      }
      const slowedMs = longestWaitMs(slowing, failures) * (1 - random() / 4);
      failures += 1;
      next(current, Math.max(slowedMs, boundedWaitMs(problem.retryAfterMs ?? 0)), 0);
      onFailure(problem);
    }
  }

  function next(current: AbortController, waitMs: number, waitSeconds: number): void {
    if (current.signal.aborted) return;
    asking = false;
    cancelNext = clock.schedule(() => void poll(current, waitSeconds), waitMs);
  }

  return {
    start() {
      if (run !== null) return;
      run = new AbortController();
      failures = 0;
      longPolls = true;
      void poll(run, 0);
    },
    stop() {
      run?.abort();
      run = null;
      asking = false;
      cancelNext?.();
    },
    wake() {
      if (run === null || asking) return;
      failures = 0;
      void poll(run, 0);
    },
  };
}
