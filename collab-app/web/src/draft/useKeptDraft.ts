import { useDraft, type UseDraftOptions, type UseDraftResult } from '@ringdraft/client/react';
import { useEffect, useState } from 'react';
import { isRemembered } from '../session/session';
import { useRemovalAfterSignOut } from '../session/signOut';
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
  const isOver = standing === 'signedOut' || standing === 'removed';
  const isNew = draft !== null && draft !== saved?.draft && !isOver;

  useEffect(() => {
    if (!isUnread || !isAway) return undefined;
    let isCancelled = false;
    void readSavedDraft(userId, draftId).then((kept) => {
      if (!isCancelled && kept !== null) setSaved(kept);
    });
    return () => {
      isCancelled = true;
    };
  }, [isUnread, isAway, userId, draftId]);

  useEffect(() => {
    if (!isNew) return undefined;
    const timer = setTimeout(() => {
      // The user may have signed out in another tab.
      if (isRemembered(userId)) void saveDraft(userId, draft);
    }, saveAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, isNew, userId]);

  useEffect(() => {
    if (standing === 'removed') void removeSavedDraft(userId, draftId);
  }, [standing, userId, draftId]);

  useRemovalAfterSignOut(standing === 'signedOut');

  return { session, keptAt: saved !== null && draft === saved.draft ? saved.at : null };
}
