import { useEffect, useLayoutEffect, useRef } from 'react';
import { readTabText, writeTabText } from '../browser';
import { isReturning } from '../navigation';

const key = 'ringdraft.listPlace';
const rememberAfterMs = 200;

/** Keeps how far the list is scrolled in this tab, and goes there when the reader comes back to it. */
export function useListPlace(isShown: boolean): void {
  const isToDo = useRef(isReturning());
  useLayoutEffect(() => {
    if (!isShown || !isToDo.current) return;
    isToDo.current = false;
    scrollTo({ top: Number(readTabText(key) ?? 0), behavior: 'instant' });
  }, [isShown]);

  useEffect(() => {
    if (!isShown) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        writeTabText(key, String(Math.round(scrollY)));
      }, rememberAfterMs);
    };
    addEventListener('scroll', later, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', later);
    };
  }, [isShown]);
}
