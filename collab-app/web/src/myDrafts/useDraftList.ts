import { type Api, ApiProblem, type DraftSummary } from '@ringdraft/client';
import { useCallback, useEffect, useState } from 'react';

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

/** Pages may overlap when a draft moved up in between: each draft is kept once, where it was seen first. */
function joined(known: readonly DraftSummary[], more: readonly DraftSummary[]): readonly DraftSummary[] {
  const ids = new Set(known.map((draft) => draft.draft_id));
  return [...known, ...more.filter((draft) => !ids.has(draft.draft_id))];
}

/** Reads my drafts page by page, and again when the page is looked at after a while away. */
export function useDraftList(api: Api): DraftList {
  const [read, setRead] = useState<Read>({ drafts: null, nextCursor: null, problem: null });
  const [asked, setAsked] = useState<{ readonly cursor: string | null; readonly attempt: number }>({
    cursor: null,
    attempt: 0,
  });
  const [isReading, setReading] = useState(true);

  useEffect(() => {
    const reading = new AbortController();
    const { cursor } = asked;
    api.listDrafts({ signal: reading.signal, ...(cursor === null ? {} : { cursor }) }).then(
      (page) => {
        if (reading.signal.aborted) return;
        setRead((before) => ({
          drafts: cursor === null ? page.drafts : joined(before.drafts ?? [], page.drafts),
          nextCursor: page.nextCursor,
          problem: null,
        }));
        setReading(false);
      },
      (failure: unknown) => {
        if (reading.signal.aborted) return;
        if (!(failure instanceof ApiProblem)) throw failure;
        setRead((before) => ({ ...before, problem: failure }));
        setReading(false);
      },
    );
    return () => {
      reading.abort();
    };
  }, [api, asked]);

  const ask = useCallback((cursor: string | null) => {
    setReading(true);
    setAsked((before) => ({ cursor, attempt: before.attempt + 1 }));
  }, []);

  useEffect(() => {
    const onShown = (): void => {
      if (!document.hidden) ask(null);
    };
    document.addEventListener('visibilitychange', onShown);
    return () => {
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [ask]);

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
