import { useDraft, type UseDraftOptions, type UseDraftResult } from '@ringdraft/client/react';
import { useEffect, useState } from 'react';
import { readSavedDraft, removeSavedDraft, saveDraft, type SavedDraft } from './savedDraft';
import { standingOf } from './standing';

export interface KeptDraft {
  readonly session: UseDraftResult;
  /** When the shown text was kept, while nothing newer could be read; null otherwise. */
  readonly keptAt: string | null;
}

const saveAfterMs = 2_000;

/** A draft that is kept in this browser while it is open, and shown from there when it can't be read. */
export function useKeptDraft(options: Omit<UseDraftOptions, 'initialDraft'>): KeptDraft {
  const { draftId, userId } = options;
  const [saved, setSaved] = useState<SavedDraft | null>(null);
  const session = useDraft({ ...options, ...(saved === null ? {} : { initialDraft: saved.draft }) });
  const { draft } = session;
  const standing = standingOf(session);
  const isUnread = draft === null;
  const isAway = standing === 'offline' || standing === 'serverAway';
  const isRead = draft !== null && draft !== saved?.draft && !isAway;

  useEffect(() => {
    if (!isUnread || !isAway) return undefined;
    let isOver = false;
    void readSavedDraft(userId, draftId).then((kept) => {
      if (!isOver && kept !== null) setSaved(kept);
    });
    return () => {
      isOver = true;
    };
  }, [isUnread, isAway, userId, draftId]);

  useEffect(() => {
    if (!isRead) return undefined;
    const timer = setTimeout(() => void saveDraft(userId, draft), saveAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, isRead, userId]);

  useEffect(() => {
    if (standing === 'removed') void removeSavedDraft(userId, draftId);
  }, [standing, userId, draftId]);

  return { session, keptAt: saved !== null && draft === saved.draft ? saved.at : null };
}
