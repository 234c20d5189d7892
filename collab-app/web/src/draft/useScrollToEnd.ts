import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { matchesMedia } from '../browser';

/** Where the reader is in relation to the end of the text. */
export interface ScrollToEnd {
  /** Put on an element right after the last segment. */
  readonly end: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  /** How many segments came since the end was last in sight. */
  readonly unseen: number;
  readonly goToEnd: () => void;
}

/** A little below the window still counts as the end. */
const nearPx = 96;

/**
 * Keeps the end of the text in sight for one who is there, and the place for one who reads further up; what oneself
 * adds is always gone to. `own` counts the own segments on their way; `beginsAtEnd` is for a
 * text whose beginning is not there yet.
 */
export function useScrollToEnd(count: number, own: number, beginsAtEnd: boolean): ScrollToEnd {
  const end = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(count);
  const atEnd = useRef(true);
  const shown = useRef({ count, own });

  const begins = useRef(beginsAtEnd);
  useLayoutEffect(() => {
    if (begins.current) scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  }, []);

  useEffect(() => {
    const element = end.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        atEnd.current = entry?.isIntersecting === true;
        setAtEnd(atEnd.current);
      },
      { rootMargin: `100000px 0px ${String(nearPx)}px 0px` },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  if (isAtEnd && seen !== count) setSeen(count);

  const goToEnd = useCallback(() => {
    const isCalm = matchesMedia('(prefers-reduced-motion: reduce)');
    scrollTo({ top: document.documentElement.scrollHeight, behavior: isCalm ? 'instant' : 'smooth' });
  }, []);

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { count, own };
    const hasGrown = count + own > before.count + before.own;
    if (hasGrown && (own > before.own || atEnd.current)) goToEnd();
  }, [count, own, goToEnd]);

  return { end, isAtEnd, unseen: Math.max(0, count - seen), goToEnd };
}
