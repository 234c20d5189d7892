import type { DraftEvent } from '@ringdraft/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { announcementOfMany } from './announcements';

export interface Announcements {
  /** What was said, in order; each is added to the live region once. */
  readonly said: readonly { readonly key: number; readonly text: string }[];
  readonly announce: (event: DraftEvent) => void;
}

/** Events within this time are said together, because a screen reader may drop what comes at once. */
const togetherMs = 500;
/** What is older is taken out of the live region, which says additions alone. */
const mostKept = 20;

/** Says each event of other members once, and joins those that come together. */
export function useAnnouncements(userId: string): Announcements {
  const [said, setSaid] = useState<Announcements['said']>([]);
  const waiting = useRef<DraftEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const announce = useCallback(
    (event: DraftEvent) => {
      waiting.current.push(event);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        const text = announcementOfMany(waiting.current.splice(0), userId);
        const key = event.revision;
        if (text !== '') setSaid((before) => [...before, { key, text }].slice(-mostKept));
      }, togetherMs);
    },
    [userId],
  );

  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return { said, announce };
}
