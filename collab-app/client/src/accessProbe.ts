import { withDeadline, type Deadline } from './deadline.js';
import type { Environment } from './environment.js';

export interface AccessProbeOptions {
  readonly environment: Environment;
  /** Asks once; rejects while there is no access. */
  readonly ask: (deadline: Deadline) => Promise<unknown>;
  /** Called once; the probe has stopped. */
  readonly onAccess: () => void;
}

/**
 * Asks from time to time whether a reader who was signed out or removed has access again: every 30 s while the page is
 * visible, and when it is shown or comes back to the network.
 */
export interface AccessProbe {
  readonly start: () => void;
  readonly stop: () => void;
}

const intervalMs = 30_000;
const requestTimeoutMs = 10_000;

export function createAccessProbe({ environment, ask, onAccess }: AccessProbeOptions): AccessProbe {
  const { clock, page } = environment;
  let run: AbortController | null = null;
  let isAsking = false;
  let cancelNext: (() => void) | null = null;
  let endPageWatch: (() => void) | null = null;

  async function probe({ signal }: AbortController): Promise<void> {
    cancelNext?.();
    if (isAsking || !page.isVisible()) return;
    isAsking = true;
    const hasAccess = await withDeadline(clock, requestTimeoutMs, signal, ask).then(
      () => true,
      () => false,
    );
    if (signal.aborted) return;
    isAsking = false;
    if (!hasAccess) {
      next();
      return;
    }
    stop();
    onAccess();
  }

  function next(): void {
    const current = run;
    if (current !== null) cancelNext = clock.schedule(() => void probe(current), intervalMs);
  }

  function stop(): void {
    run?.abort();
    run = null;
    isAsking = false;
    cancelNext?.();
    endPageWatch?.();
  }

  return {
    start() {
      if (run !== null) return;
      const current = new AbortController();
      run = current;
      endPageWatch = page.onChange((change) => {
        if (change === 'visible' || change === 'online') void probe(current);
      });
      next();
    },
    stop,
  };
}
