import { useEffect, useRef } from 'react';
import { notificationAccess, playChime, showNotification } from '../browser';
import { useFavicon } from '../components/useFavicon';
import { isPreferred } from '../components/usePreference';
import { words } from '../messages/words';

/**
 * Tells the reader that their turn begins: by the tab's icon always, by a notification and a sound if they chose so. A
 * turn that runs already when the page is opened is no news.
 */
export function useTurnSignal(isMyTurn: boolean, draftId: string, title: string): void {
  useFavicon(isMyTurn);
  const latestTitle = useRef(title);
  const wasMyTurn = useRef(isMyTurn);
  useEffect(() => {
    latestTitle.current = title;
  }, [title]);
  useEffect(() => {
    const isNew = isMyTurn && !wasMyTurn.current;
    wasMyTurn.current = isMyTurn;
    if (!isNew) return undefined;
    const isNotified = document.hidden && isPreferred('notify') && notificationAccess() === 'granted';
    if (isPreferred('sound') && !isNotified) playChime();
    if (!isNotified) return undefined;
    const close = showNotification(
      words.ring.yourTurn,
      words.ring.yourTurnIn(latestTitle.current),
      `ringdraft.turn.${draftId}`,
    );
    document.addEventListener('visibilitychange', close, { once: true });
    return () => {
      close();
      document.removeEventListener('visibilitychange', close);
    };
  }, [isMyTurn, draftId]);
}
