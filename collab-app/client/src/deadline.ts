import { ApiProblem } from './apiProblem.js';
import type { Clock } from './environment.js';

/** Runs `work` with a signal that aborts when the time is up (a `network` problem) or when `parent` does. */
export async function withDeadline<Result>(
  clock: Clock,
  timeoutMs: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  parent.throwIfAborted();
  const controller = new AbortController();
  const abort = () => {
    controller.abort(parent.reason);
  };
  parent.addEventListener('abort', abort);
  const cancelTimeout = clock.schedule(() => {
    const detail = `no answer within ${String(timeoutMs)} ms`;
    controller.abort(new ApiProblem({ status: 0, code: 'network', title: 'No answer', detail }));
  }, timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    cancelTimeout();
    parent.removeEventListener('abort', abort);
  }
}
