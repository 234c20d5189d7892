import { useMemo, useSyncExternalStore } from 'react';
import {
  createDraftSession,
  type DraftSession,
  type DraftSessionOptions,
  type DraftSessionState,
} from '../draftSession.js';
import { useRingdraftSettings } from './ringdraftContext.js';
import { useCommitEffect, useLatest } from './useLatest.js';

export type UseDraftOptions = Pick<
  DraftSessionOptions,
  'draftId' | 'userId' | 'initialDraft' | 'onEvent' | 'onRejected' | 'onError'
>;

export interface UseDraftResult
  extends DraftSessionState, Omit<DraftSession, 'state' | 'subscribe' | 'start' | 'stop'> {}

/** One draft, live, and the means to write in it. Throws when there is no `RingdraftProvider` above. */
export function useDraft(options: UseDraftOptions): UseDraftResult {
  const { draftId, userId, initialDraft } = options;
  const settings = useRingdraftSettings();
  const latest = useLatest(options);
  const session = useMemo(
    () =>
      createDraftSession({
        ...settings,
        draftId,
        userId,
        ...(initialDraft === undefined ? {} : { initialDraft }),
        onEvent: (event) => latest.current.onEvent?.(event),
        onRejected: (entry, problem) => latest.current.onRejected?.(entry, problem),
        onError: (problem) => latest.current.onError?.(problem),
      }),
    [settings, draftId, userId, initialDraft, latest],
  );
  useCommitEffect(() => {
    session.start();
    return session.stop;
  }, [session]);
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  return useMemo(() => {
    const { state: _state, subscribe: _subscribe, start: _start, stop: _stop, ...commands } = session;
    return { ...state, ...commands };
  }, [state, session]);
}
