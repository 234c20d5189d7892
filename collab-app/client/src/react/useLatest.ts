import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** An effect that begins and ends with the component itself, so that nothing is called in between; none on a server. */
export const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** A reference to the value of the last render that was shown, for callbacks that may change from render to render. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useCommitEffect(() => {
    latest.current = value;
  });
  return latest;
}
