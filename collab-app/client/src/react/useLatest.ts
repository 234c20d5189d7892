import { useEffect, useRef, type RefObject } from 'react';

/** A reference to the value of the last render that was shown, for callbacks that may change from render to render. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
