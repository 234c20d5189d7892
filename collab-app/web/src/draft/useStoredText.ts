import { useCallback, useEffect, useRef, useState } from 'react';
import { environment, isStoring } from '../browser';

const { storage } = environment;

/** The text that somebody is writing for a draft. */
export interface StoredText {
  readonly text: string;
  /** False while the browser does not store the text, which is then lost with the page. */
  readonly isStored: boolean;
  readonly write: (text: string) => void;
}

/**
 * The text that somebody is writing for a draft, kept in this browser until it is sent. A second tab of the same
 * person begins with the same text and follows it.
 */
export function useStoredText(draftId: string, userId: string): StoredText {
  const key = `ringdraft.writing.${draftId}.${userId}`;
  const [text, setText] = useState(() => storage.read(key) ?? '');
  const [isStored, setStored] = useState(isStoring);
  const current = useRef(text);

  const write = useCallback(
    (next: string) => {
      current.current = next;
      setText(next);
      if (next === '') storage.remove(key);
      else storage.write(key, next);
      setStored(next === '' ? isStoring() : storage.keeps(key));
    },
    [key],
  );

  useEffect(() => {
    return storage.onChange((name) => {
      if (name !== key) return;
      current.current = storage.read(key) ?? '';
      setText(current.current);
    });
  }, [key]);

  return { text, isStored, write };
}
