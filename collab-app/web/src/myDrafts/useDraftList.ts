import { type Api, ApiProblem, type DraftSummary } from '@ringdraft/client';
import { useCallback, useEffect, useState } from 'react';
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

/** How often a visible page reads the newest drafts; the server has no stream of them. */
const renewalMs = 10_000;

/** Pages may overlap when a draft moved up in between: each draft is kept once, where it was seen first. */
export function joined(known: readonly DraftSummary[], more: readonly DraftSummary[]): readonly DraftSummary[] {
  const ids = new Set(known.map((draft) => draft.draft_id));
  return [...known, ...more.filter((draft) => !ids.has(draft.draft_id))];
}

/** Reads my drafts page by page, and the newest again every 10 s while the page is visible. */
export function useDraftList(api: Api): DraftList {
  const [read, setRead] = useState<Read>({ drafts: null, nextCursor: null, problem: null });
  const [asked, setAsked] = useState<Asked>({ cursor: null, isRenewal: false, attempt: 0 });
  const [isReading, setReading] = useState(true);

  useEffect(() => {
    const reading = new AbortController();
    const { cursor, isRenewal } = asked;
    api.listDrafts({ signal: reading.signal, ...(cursor === null ? {} : { cursor }) }).then(
      (page) => {
        if (reading.signal.aborted) return;
        setRead((before) => after(before, page, asked));
        setReading(false);
      },
      (failure: unknown) => {
        if (reading.signal.aborted) return;
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
      // A reading on its way is not given up for a renewal.
      if (!document.hidden && !isReading) ask(null, true);
    };
    const timer = setInterval(renew, renewalMs);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [ask, isReading]);

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

function after(
  before: Read,
  page: { readonly drafts: readonly DraftSummary[]; readonly nextCursor: string | null },
  { cursor, isRenewal }: Asked,
): Read {
  const { drafts, nextCursor } = page;
  if (cursor !== null) return { drafts: joined(before.drafts ?? [], drafts), nextCursor, problem: null };
  if (!isRenewal || before.drafts === null || before.drafts.length <= drafts.length) {
    return { drafts, nextCursor, problem: null };
  }
  return { drafts: joined(drafts, before.drafts), nextCursor: before.nextCursor, problem: null };
}
