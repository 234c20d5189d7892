import type { Api, SegmentPage } from './api.js';
import { problemFrom } from './apiProblem.js';
import { boundedWaitMs, fullJitterMs, type Backoff } from './backoff.js';
import { withDeadline } from './deadline.js';
import type { Environment } from './environment.js';

export interface OlderSegmentsOptions {
  readonly draftId: string;
  readonly api: Pick<Api, 'segmentsBefore'>;
  readonly environment: Environment;
  /** The position of the first segment that is known; 0 when none is missing. */
  readonly loadedFrom: () => number;
  readonly onPage: (page: SegmentPage) => void;
}

/**
 * Reads the segments before those that are known, newest first, page by page, until none is missing. A page that fails
 * is asked for again; those before it stay.
 */
export interface OlderSegments {
  /** Begins, if something is missing; does nothing while it reads or waits. */
  readonly load: () => void;
  /** Tries again now. */
  readonly retry: () => void;
  readonly stop: () => void;
}

const segmentsPerPage = 500;
const pageTimeoutMs = 10_000;
const backoff: Backoff = { firstMs: 1_000, ceilingMs: 30_000 };

export function createOlderSegments(options: OlderSegmentsOptions): OlderSegments {
  const { draftId, api, environment, loadedFrom, onPage } = options;
  const { clock, random } = environment;
  let run: AbortController | null = null;
  let failures = 0;
  let cancelRetry: (() => void) | null = null;

  async function readAll(current: AbortController): Promise<void> {
    const { signal } = current;
    try {
      for (let before = loadedFrom(); before > 0; before = loadedFrom()) {
        const page = await withDeadline(clock, pageTimeoutMs, signal, (inTime) =>
          api.segmentsBefore(draftId, before, { limit: segmentsPerPage, ...inTime }),
        );
        signal.throwIfAborted();
        onPage(page);
        signal.throwIfAborted();
        if (loadedFrom() === before) throw new Error('a page that brought nothing on');
        failures = 0;
      }
      run = null;
    } catch (thrown) {
      if (signal.aborted) return;
      const { retryAfterMs } = problemFrom(thrown);
      const waitMs = Math.max(fullJitterMs(backoff, failures, random), boundedWaitMs(retryAfterMs ?? 0));
      failures += 1;
      cancelRetry = clock.schedule(() => {
        cancelRetry = null;
        void readAll(current);
      }, waitMs);
    }
  }

  function load(): void {
    if (run !== null || loadedFrom() === 0) return;
    run = new AbortController();
    void readAll(run);
  }

  function stop(): void {
    run?.abort();
    run = null;
    cancelRetry?.();
    cancelRetry = null;
    failures = 0;
  }

  return {
    load,
    stop,
    retry() {
      if (cancelRetry !== null) stop();
      load();
    },
  };
}
