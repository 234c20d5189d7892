import { ApiProblem } from './apiProblem.js';
import type { Clock } from './environment.js';

/** Ends the work, and is notified of each further piece of an answer. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}

/** How long an answer that has begun may pause. */
const pauseMs = 10_000;

/**
 * Runs `work` with a signal that aborts when nothing comes for so long (a `network` problem) or when `parent` does.
 * However long the whole takes, it goes on while something comes.
 */
export async function withDeadline<Result>(
  clock: Clock,
  timeoutMs: number,
  parent: AbortSignal,
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  parent.throwIfAborted();
  const controller = new AbortController();
  const abort = () => {
    controller.abort(parent.reason);
  };
  parent.addEventListener('abort', abort);
  const begin = (waitMs: number) =>
    clock.schedule(() => {
      const detail = `nothing came for ${String(waitMs)} ms`;
      controller.abort(new ApiProblem({ status: 0, code: 'network', title: 'No answer', detail }));
    }, waitMs);
  let cancelTimeout = begin(timeoutMs);
  let isOver = false;
  const onProgress = () => {
    cancelTimeout();
    if (!isOver) cancelTimeout = begin(pauseMs);
  };
  try {
    return await work({ signal: controller.signal, onProgress });
  } finally {
    isOver = true;
    cancelTimeout();
    parent.removeEventListener('abort', abort);
  }
}
