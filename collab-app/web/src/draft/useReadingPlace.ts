import type { Draft } from '@ringdraft/client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { matchesMedia } from '../browser';
import { type LastRead, type Place, readLastRead, writeLastRead } from './lastRead';
import { belowWindow, firstBelow, settle } from './scrolling';

/** Where the reader is in the text, and what is new to them. */
export interface ReadingPlace {
  /** Put on the list of segments. */
  readonly list: RefObject<HTMLOListElement | null>;
  /** Put on an element right after the last segment. */
  readonly end: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  /** How many segments came since the end was last in sight. */
  readonly unseen: number;
  readonly goToEnd: () => void;
  /** The first segment that came since the last visit, and when that was; null when there is none. */
  readonly news: { readonly position: number; readonly since: string } | null;
}

export interface ReadingPlaceOptions {
  readonly draft: Draft;
  readonly userId: string;
  /** The number of own segments on their way. */
  readonly own: number;
  /** The position of the first segment that is there. */
  readonly loadedFrom: number;
}

/** A little below the window still counts as the end. */
const nearPx = 96;
/** Farther than this many windows the page jumps, because nobody can follow. */
const smoothWindows = 2;
/** Where the first new segment comes to stand, as a share of the window. */
const newsAt = 0.3;
const rememberAfterMs = 200;
const smoothMs = 700;

/**
 * Begins where the reader was, or at the first segment that is new to them. Keeps the end of the text in sight for a
 * reader who is there, and the place for one who reads further up; an own segment always comes into sight. The place is
 * kept in this browser, over reloads and for the next visit.
 */
export function useReadingPlace({ draft, userId, own, loadedFrom }: ReadingPlaceOptions): ReadingPlace {
  const { draft_id: draftId, epoch, segment_count: count } = draft;
  const list = useRef<HTMLOListElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [visit] = useState(() => visitOf(readLastRead(draftId, userId), draft));
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(count);
  const atEnd = useRef(true);
  const shown = useRef({ count, own });
  const read = useRef(visit.readCount);
  const goal = useRef<Place | null>(visit.goal);
  const endSettling = useRef<(() => void) | null>(null);
  const latest = useRef({ epoch, count, loadedFrom });
  useLayoutEffect(() => {
    latest.current = { epoch, count, loadedFrom };
  });

  const settleAt = useCallback((correction: () => number) => {
    endSettling.current?.();
    endSettling.current = settle(correction);
  }, []);

  const goToEnd = useCallback(() => {
    const isFar = belowWindow() > smoothWindows * innerHeight;
    if (isFar || matchesMedia('(prefers-reduced-motion: reduce)')) {
      settleAt(belowWindow);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const arrive = (): void => {
      if (signal.aborted) return;
      controller.abort();
      settleAt(belowWindow);
    };
    const leave = (): void => {
      controller.abort();
    };
    endSettling.current?.();
    endSettling.current = leave;
    addEventListener('scrollend', arrive, { signal });
    addEventListener('wheel', leave, { signal, passive: true });
    addEventListener('touchmove', leave, { signal, passive: true });
    setTimeout(arrive, smoothMs);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: 'smooth' });
  }, [settleAt]);

  const begins = useRef(visit.goal === null);
  useLayoutEffect(() => {
    if (begins.current) scrollTo({ top: 0, behavior: 'instant' });
    begins.current = false;
  }, []);

  // The place of the last visit, as soon as its segment is there.
  useLayoutEffect(() => {
    const place = goal.current;
    if (place === null || (place.kind === 'segment' && place.position < loadedFrom)) return;
    goal.current = null;
    if (place.kind === 'end') {
      settleAt(belowWindow);
      return;
    }
    settleAt(() => {
      const element = list.current?.children[place.position - latest.current.loadedFrom];
      return element === undefined ? 0 : element.getBoundingClientRect().top - place.top;
    });
  }, [loadedFrom, settleAt]);

  useEffect(() => {
    const forget = (): void => {
      goal.current = null;
    };
    addEventListener('wheel', forget, { passive: true });
    addEventListener('touchmove', forget, { passive: true });
    return () => {
      removeEventListener('wheel', forget);
      removeEventListener('touchmove', forget);
      endSettling.current?.();
    };
  }, []);

  const remember = useCallback(() => {
    const elements = list.current?.children;
    if (elements === undefined || goal.current !== null || document.hidden) return;
    const { epoch: current, count: all, loadedFrom: from } = latest.current;
    const top = firstBelow(elements, 0);
    const inSight = Math.min(all, from + firstBelow(elements, innerHeight));
    read.current = Math.max(read.current, atEnd.current ? all : inSight);
    const element = elements[top];
    const place: Place =
      atEnd.current || element === undefined
        ? { kind: 'end' }
        : { kind: 'segment', position: from + top, top: element.getBoundingClientRect().top };
    writeLastRead(draftId, userId, { count: read.current, epoch: current, at: new Date().toISOString(), place });
  }, [draftId, userId]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(remember, rememberAfterMs);
    };
    later();
    addEventListener('scroll', later, { passive: true });
    addEventListener('pagehide', remember);
    document.addEventListener('visibilitychange', later);
    return () => {
      clearTimeout(timer);
      removeEventListener('scroll', later);
      removeEventListener('pagehide', remember);
      document.removeEventListener('visibilitychange', later);
    };
  }, [remember, count, isAtEnd]);

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

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { count, own };
    const hasGrown = count + own > before.count + before.own;
    if (own > before.own) goal.current = null;
    if (hasGrown && goal.current === null && (own > before.own || atEnd.current)) goToEnd();
  }, [count, own, goToEnd]);

  return { list, end, isAtEnd, unseen: Math.max(0, count - seen), goToEnd, news: visit.news };
}

interface Visit {
  readonly readCount: number;
  readonly news: ReadingPlace['news'];
  /** Null to begin at the top. */
  readonly goal: Place | null;
}

function visitOf(lastRead: LastRead | null, { epoch, segment_count: count, segments }: Draft): Visit {
  const first = segments[0]?.position ?? 0;
  const start: Place | null = first > 0 ? { kind: 'end' } : null;
  if (lastRead?.epoch !== epoch) return { readCount: 0, news: null, goal: start };
  const { count: readCount, at, place } = lastRead;
  const news = readCount > 0 && readCount < count ? { position: readCount, since: at } : null;
  if (place.kind === 'segment') {
    return { readCount, news, goal: place.position < count ? place : start };
  }
  const goal: Place = news === null ? place : { kind: 'segment', position: readCount, top: innerHeight * newsAt };
  return { readCount, news, goal };
}
