import { ApiProblem } from '@ringdraft/client';
import { useCallback, useRef, useState } from 'react';

/** A change that is asked of the server: whether it is on its way, and why it was refused. */
export interface Command {
  readonly isRunning: boolean;
  readonly problem: ApiProblem | null;
  /** True when it was done. One at a time: false while another is on its way. */
  readonly run: (change: () => Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
}

export function useCommand(): Command {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const busy = useRef(false);

  const run = useCallback(async (change: () => Promise<unknown>) => {
    if (busy.current) return false;
    busy.current = true;
    setRunning(true);
    setProblem(null);
    try {
      await change();
      return true;
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      setProblem(failure);
      return false;
    } finally {
      busy.current = false;
      setRunning(false);
    }
  }, []);

  const forget = useCallback(() => {
    setProblem(null);
  }, []);
  return { isRunning, problem, run, forget };
}
