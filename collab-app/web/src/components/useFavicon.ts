import { useEffect } from 'react';
import ring from '../ring.svg';
import ringHeld from '../ringHeld.svg';

/** Marks the tab's icon while it is the reader's turn. */
export function useFavicon(isMyTurn: boolean): void {
  useEffect(() => {
    if (!isMyTurn) return undefined;
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    link?.setAttribute('href', ringHeld);
    return () => {
      link?.setAttribute('href', ring);
    };
  }, [isMyTurn]);
}
