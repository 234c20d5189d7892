import { useMemo, useSyncExternalStore } from 'react';
import type { ApiProblem } from '../apiProblem.js';
import {
  createDraftConnection,
  disconnected,
  type ConnectionStatus,
  type DraftConnection,
} from '../draftConnection.js';
import type { Draft } from '../draft.js';
import type {
  CollaboratorAddedEvent,
  CollaboratorRemovedEvent,
  CollaboratorUpdatedEvent,
  DraftEvent,
  DraftUpdatedEvent,
  RingPassedEvent,
  RingRequestedEvent,
  RingRequestRemovedEvent,
  SegmentAddedEvent,
} from '../frames.js';
import { notify } from '../notify.js';
import { useRingdraftSettings, type RingdraftSettings } from './ringdraftContext.js';
import { useCommitEffect, useLatest } from './useLatest.js';

export interface UseDraftRealtimeOptions {
  readonly draftId: string;
  /** True when left out. */
  readonly enabled?: boolean;
  readonly onSegmentAdded?: (event: SegmentAddedEvent) => void;
  readonly onRingPassed?: (event: RingPassedEvent) => void;
  readonly onCollaboratorAdded?: (event: CollaboratorAddedEvent) => void;
  readonly onCollaboratorRemoved?: (event: CollaboratorRemovedEvent) => void;
  readonly onCollaboratorUpdated?: (event: CollaboratorUpdatedEvent) => void;
  readonly onRingRequested?: (event: RingRequestedEvent) => void;
  readonly onRingRequestRemoved?: (event: RingRequestRemovedEvent) => void;
  readonly onDraftUpdated?: (event: DraftUpdatedEvent) => void;
  /** Each event of whatever type, besides the callback of its own. */
  readonly onEvent?: (event: DraftEvent) => void;
  /** The whole draft, when single events could no longer be had. */
  readonly onSnapshot?: (draft: Draft) => void;
  readonly onError?: (problem: ApiProblem) => void;
}

export interface DraftRealtime {
  readonly status: ConnectionStatus;
  readonly lastEventTs: string | null;
  readonly wsConnecting: boolean;
}

/**
 * What happens in a draft from here on, reported by callbacks: each event once, in order, over whatever way there is. While
 * it is not enabled nothing is open and the status is `offline`.
 */
export function useDraftRealtime(options: UseDraftRealtimeOptions): DraftRealtime {
  const { draftId, enabled = true } = options;
  const settings = useRingdraftSettings();
  const latest = useLatest(options);
  const connection = useMemo(
    () => createRealtime(settings, draftId, () => latest.current),
    [settings, draftId, latest],
  );
  useCommitEffect(() => {
    if (!enabled) return undefined;
    connection.start();
    return connection.stop;
  }, [connection, enabled]);
  const { status, lastEventTs, wsConnecting } = useSyncExternalStore(
    connection.subscribe,
    connection.state,
    () => disconnected,
  );
  return useMemo(() => ({ status, lastEventTs, wsConnecting }), [status, lastEventTs, wsConnecting]);
}

function createRealtime(
  settings: RingdraftSettings,
  draftId: string,
  callbacks: () => UseDraftRealtimeOptions,
): Pick<DraftConnection, 'state' | 'subscribe' | 'start' | 'stop'> {
  let running = false;
  const { state, subscribe, start, stop } = createDraftConnection({
    ...settings,
    draftId,
    presence: false,
    onEvent: (event) => {
      notify(callbacks().onEvent, event);
      if (running) notifyByType(callbacks(), event);
    },
    onSnapshot: (draft) => callbacks().onSnapshot?.(draft),
    onError: (problem) => callbacks().onError?.(problem),
  });
  return {
    state,
    subscribe,
    start: () => {
      running = true;
      start();
    },
    stop: () => {
      running = false;
      stop();
    },
  };
}

function notifyByType(callbacks: UseDraftRealtimeOptions, event: DraftEvent): void {
  switch (event.type) {
    case 'collab.segment_added':
      callbacks.onSegmentAdded?.(event);
      return;
    case 'collab.ring_passed':
      callbacks.onRingPassed?.(event);
      return;
    case 'collab.collaborator_added':
      callbacks.onCollaboratorAdded?.(event);
      return;
    case 'collab.collaborator_removed':
      callbacks.onCollaboratorRemoved?.(event);
      return;
    case 'collab.collaborator_updated':
      callbacks.onCollaboratorUpdated?.(event);
      return;
    case 'collab.ring_requested':
      callbacks.onRingRequested?.(event);
      return;
    case 'collab.ring_request_removed':
      callbacks.onRingRequestRemoved?.(event);
      return;
    case 'collab.draft_updated':
      callbacks.onDraftUpdated?.(event);
      return;
    case 'collab.draft_created':
    case 'unknown':
      return;
  }
}
