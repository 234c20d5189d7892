import { problemFrom, type ApiProblem } from './apiProblem.js';
import { boundedWaitMs, longestWaitMs, type Backoff } from './backoff.js';
import { withDeadline, type Deadline } from './deadline.js';
import type { Environment } from './environment.js';

export interface PollingTransportOptions {
  readonly environment: Environment;
  /** Asks once; true when something new came. */
  readonly ask: (waitSeconds: number, deadline: Deadline) => Promise<boolean>;
  readonly onAnswer: () => void;
  readonly onFailure: (problem: ApiProblem) => void;
}

/**
 * Polling, the fallback transport. The first request starts at once, then 3 s after the last beginning (10 s in a
 * hidden page), or as soon as a long poll brought something; after failures 3, 6, 12, 24, 30 s apart.
 *
 * A browser has six connections to a server for all its tabs, so only a visible page with a permit holds its polls; the
 * others ask short. A long poll that breaks (as some proxies break what is held open) is asked again short, and short
 * from then on.
 */
export interface PollingTransport {
  readonly start: () => void;
  readonly stop: () => void;
  /** Asks at once, unless an answer is awaited already. */
  readonly wake: () => void;
  /** Gives the permit back and lets go of a held poll, as a hidden page must. */
  readonly yieldPermit: () => void;
}

const visibleIntervalMs = 3_000;
const hiddenIntervalMs = 10_000;
const slowing: Backoff = { firstMs: visibleIntervalMs, ceilingMs: 30_000 };
const longPollSeconds = 25;
const requestTimeoutMs = 10_000;

export function createPollingTransport({
  environment,
  ask,
  onAnswer,
  onFailure,
}: PollingTransportOptions): PollingTransport {
  const { clock, random, page, longPolls: semaphore } = environment;
  let run: AbortController | null = null;
  let asking: 'no' | 'short' | 'long' = 'no';
  let failures = 0;
  /** False once a long poll broke. */
  let longPolls = true;
  let releasePermit: (() => void) | null = null;
  let cancelNext: (() => void) | null = null;

  async function poll(current: AbortController, mayWait: boolean): Promise<void> {
    const { signal } = current;
    const begun = clock.monotonic();
    const waitSeconds = mayWait && releasePermit !== null ? longPollSeconds : 0;
    asking = waitSeconds > 0 ? 'long' : 'short';
    cancelNext?.();
    try {
      const timeoutMs = requestTimeoutMs + waitSeconds * 1_000;
      const isNew = await withDeadline(clock, timeoutMs, signal, (inTime) => ask(waitSeconds, inTime));
      if (signal.aborted) return;
      failures = 0;
      onAnswer();
      void acquirePermit(current);
      const brought = isNew && waitSeconds > 0;
      next(current, brought ? 0 : Math.max(0, begun + intervalMs() - clock.monotonic()), true);
    } catch (thrown) {
      if (signal.aborted) return;
      yieldPermit();
      const problem = problemFrom(thrown);
      if (waitSeconds > 0 && problem.isTransient && problem.retryAfterMs === null) {
        longPolls = false;
        next(current, 0, false);
        return;
      }
      const slowedMs = longestWaitMs(slowing, failures) * (1 - random() / 4);
      failures += 1;
      next(current, Math.max(slowedMs, boundedWaitMs(problem.retryAfterMs ?? 0)), false);
      onFailure(problem);
    }
  }

  function next(current: AbortController, waitMs: number, mayWait: boolean): void {
    if (current.signal.aborted) return;
    asking = 'no';
    cancelNext = clock.schedule(() => void poll(current, mayWait), waitMs);
  }

  function intervalMs(): number {
    return page.isVisible() ? visibleIntervalMs : hiddenIntervalMs;
  }

  /** For the next poll, which does not wait for it: a browser that never answers leaves the polls short. */
  async function acquirePermit(current: AbortController): Promise<void> {
    const mayHold = () => longPolls && releasePermit === null && page.isVisible() && !current.signal.aborted;
    if (semaphore === null || !mayHold()) return;
    const release = await semaphore.tryAcquire().catch(() => null);
    if (mayHold()) releasePermit = release;
    else release?.();
  }

  function yieldPermit(): void {
    releasePermit?.();
    releasePermit = null;
  }

  return {
    start() {
      if (run !== null) return;
      run = new AbortController();
      failures = 0;
      longPolls = true;
      void poll(run, false);
    },
    stop() {
      run?.abort();
      run = null;
      asking = 'no';
      cancelNext?.();
      yieldPermit();
    },
    wake() {
      if (run === null || asking !== 'no') return;
      failures = 0;
      void poll(run, false);
    },
    yieldPermit() {
      yieldPermit();
      if (run === null || asking !== 'long') return;
      run.abort();
      run = new AbortController();
      next(run, hiddenIntervalMs, false);
    },
  };
}
