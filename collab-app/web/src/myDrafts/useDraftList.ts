import { type Api, ApiProblem, type DraftPage, type DraftSummary } from '@ringdraft/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { environment, onFocus } from '../browser';
import { isSignedOut, useRemovalAfterSignOut } from '../session/signOut';

/** My drafts as far as they were read, newest activity first. */
export interface DraftList {
  /** Null until the first page is there. */
  readonly drafts: readonly DraftSummary[] | null;
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly problem: ApiProblem | null;
  readonly readMore: () => void;
  readonly readAgain: () => void;
}

interface Read {
  readonly drafts: readonly DraftSummary[] | null;
  readonly nextCursor: string | null;
  readonly problem: ApiProblem | null;
}

interface Asked {
  readonly cursor: string | null;
  /** True for a reading that nobody asked for: it may fail in silence, and keeps the older pages. */
  readonly isRenewal: boolean;
  readonly attempt: number;
}

/** How often a visible page asks whether the newest drafts changed; the server has no stream of them. */
const renewalMs = 15_000;

/** Pages may overlap when a draft moved up in between: each draft is kept once, where it was seen first. */
export function joined(known: readonly DraftSummary[], more: readonly DraftSummary[]): readonly DraftSummary[] {
  const ids = new Set(known.map((draft) => draft.draft_id));
  return [...known, ...more.filter((draft) => !ids.has(draft.draft_id))];
}

/** The newest drafts, then the known ones that are older. A newer one that is missing is no longer the reader's. */
export function renewed(known: readonly DraftSummary[], newest: readonly DraftSummary[]): readonly DraftSummary[] {
  const oldest = newest.at(-1)?.updated_at ?? '';
  return joined(
    newest,
    known.filter((draft) => draft.updated_at <= oldest),
  );
}

/**
 * Reads my drafts page by page, and the newest again: every 15 s while the page is visible, when it is shown or gets the
 * focus, and when the network is back.
 */
export function useDraftList(api: Api): DraftList {
  const [read, setRead] = useState<Read>({ drafts: null, nextCursor: null, problem: null });
  const [asked, setAsked] = useState<Asked>({ cursor: null, isRenewal: false, attempt: 0 });
  const [isReading, setReading] = useState(true);
  const newest = useRef<DraftPage | null>(null);
  const isAsking = useRef(false);

  useEffect(() => {
    const reading = new AbortController();
    const { cursor, isRenewal } = asked;
    const known = cursor === null ? newest.current : null;
    isAsking.current = true;
    const options = { ...(cursor === null ? {} : { cursor }), ...(known === null ? {} : { known }) };
    api.listDrafts({ signal: reading.signal, ...options }).then(
      (page) => {
        if (reading.signal.aborted) return;
        isAsking.current = false;
        if (cursor === null) newest.current = page;
        setRead((before) => (page === known ? { ...before, problem: null } : after(before, page, asked)));
        setReading(false);
      },
      (failure: unknown) => {
        if (reading.signal.aborted) return;
        isAsking.current = false;
        if (!(failure instanceof ApiProblem)) throw failure;
        if (!isRenewal || isSignedOut(failure)) setRead((before) => ({ ...before, problem: failure }));
        setReading(false);
      },
    );
    return () => {
      reading.abort();
    };
  }, [api, asked]);

  const ask = useCallback((cursor: string | null, isRenewal = false) => {
    if (!isRenewal) setReading(true);
    setAsked((before) => ({ cursor, isRenewal, attempt: before.attempt + 1 }));
  }, []);

  useEffect(() => {
    const renew = (): void => {
      // A request on its way is not aborted for a renewal.
      if (environment.page.isVisible() && !isAsking.current) ask(null, true);
    };
    const timer = setInterval(renew, renewalMs);
    const endOnChange = environment.page.onChange(renew);
    const endOnFocus = onFocus(renew);
    return () => {
      clearInterval(timer);
      endOnChange();
      endOnFocus();
    };
  }, [ask]);

  useRemovalAfterSignOut(isSignedOut(read.problem));

  return {
    drafts: read.drafts,
    hasMore: read.nextCursor !== null,
    isReading,
    problem: read.problem,
    readMore: () => {
      ask(read.nextCursor);
    },
    readAgain: () => {
      ask(null);
    },
  };
}

function after(before: Read, page: DraftPage, { cursor, isRenewal }: Asked): Read {
  const { drafts, nextCursor } = page;
  if (cursor !== null) return { drafts: joined(before.drafts ?? [], drafts), nextCursor, problem: null };
  if (!isRenewal || before.drafts === null || nextCursor === null || before.drafts.length <= drafts.length) {
    return { drafts, nextCursor, problem: null };
  }
  return { drafts: renewed(before.drafts, drafts), nextCursor: before.nextCursor, problem: null };
}
