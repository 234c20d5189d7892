import { useCallback, useEffect, useRef, useState } from 'react';

function keyOf(draftId: string, userId: string): string {
  return `ringdraft.writing.${draftId}.${userId}`;
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** Storage may be full or forbidden; then the text lives as long as the page. */
function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
}

/**
 * The text that somebody is writing for a draft, kept in this browser until it is sent. A second tab of the same
 * person begins with the same text and follows it for as long as nothing else is typed there.
 */
export function useStoredText(draftId: string, userId: string): readonly [string, (text: string) => void] {
  const key = keyOf(draftId, userId);
  const [text, setText] = useState(() => kept(key));
  const current = useRef(text);

  const write = useCallback(
    (next: string) => {
      current.current = next;
      setText(next);
      keep(key, next);
    },
    [key],
  );

  useEffect(() => {
    const onElsewhere = (event: StorageEvent): void => {
      if (event.key !== key || (event.oldValue ?? '') !== current.current) return;
      current.current = event.newValue ?? '';
      setText(current.current);
    };
    addEventListener('storage', onElsewhere);
    return () => {
      removeEventListener('storage', onElsewhere);
    };
  }, [key]);

  return [text, write];
}
