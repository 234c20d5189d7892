import { useCallback, useSyncExternalStore } from 'react';
import { matchesMedia, onMediaChange } from '../browser';

/** Whether a media query matches, as that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback((onChange: () => void) => onMediaChange(query, onChange), [query]);
  return useSyncExternalStore(subscribe, () => matchesMedia(query));
}
