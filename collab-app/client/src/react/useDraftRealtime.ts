import { useMemo, useSyncExternalStore } from 'react';
import type { ApiProblem } from '../apiProblem.js';
import {
  createDraftConnection,
  disconnected,
  type ConnectionState,
  type ConnectionStatus,
  type DraftConnection,
} from '../draftConnection.js';
import type { Draft, Position, Segment } from '../draft.js';
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
  /**
   * Where the events begin: after a snapshot, at the moment of the connection (`now`, the default), or after a position,
   * such as the `revision` and `epoch` of a draft that the app has read. Counts at the first connection.
   */
  readonly from?: 'snapshot' | 'now' | Position;
  readonly onSegmentAdded?: (segment: Segment, event: SegmentAddedEvent) => void;
  readonly onRingPassed?: (from: string, to: string, event: RingPassedEvent) => void;
  readonly onCollaboratorAdded?: (collabId: string, event: CollaboratorAddedEvent) => void;
  readonly onCollaboratorRemoved?: (collabId: string, event: CollaboratorRemovedEvent) => void;
  readonly onCollaboratorUpdated?: (collabId: string, event: CollaboratorUpdatedEvent) => void;
  readonly onRingRequested?: (userId: string, event: RingRequestedEvent) => void;
  readonly onRingRequestRemoved?: (userId: string, event: RingRequestRemovedEvent) => void;
  /** `data` has the fields that changed. */
  readonly onDraftUpdated?: (data: DraftUpdatedEvent['data'], event: DraftUpdatedEvent) => void;
  /** Each event of whatever type, besides the callback of its own. */
  readonly onEvent?: (event: DraftEvent) => void;
  /** The whole draft: at the beginning with `from: 'snapshot'`, and when single events could no longer be had. */
  readonly onSnapshot?: (draft: Draft) => void;
  readonly onError?: (problem: ApiProblem) => void;
}

export interface DraftRealtime {
  readonly status: ConnectionStatus;
  readonly lastEventTs: string | null;
  readonly wsConnecting: boolean;
  /** Why there is no connection; null while there is one. */
  readonly problem: ApiProblem | null;
  /** Connects again after a problem; nothing while the hook is not enabled. */
  readonly retry: () => void;
  /** Asks now for what is new; nothing while the hook is not enabled. */
  readonly refresh: () => void;
}

/** Before the first attempt a page is on its way, not offline. */
const arriving: ConnectionState = { ...disconnected, status: 'polling' };

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
  const current = useSyncExternalStore(connection.subscribe, connection.state, connection.state);
  const { status, lastEventTs, wsConnecting, problem } = enabled && current === disconnected ? arriving : current;
  const { retry, refresh } = connection;
  return useMemo(
    () => ({ status, lastEventTs, wsConnecting, problem, retry, refresh }),
    [status, lastEventTs, wsConnecting, problem, retry, refresh],
  );
}

interface Realtime
  extends Pick<DraftConnection, 'state' | 'subscribe' | 'start' | 'stop'>, Pick<DraftRealtime, 'retry' | 'refresh'> {}

function createRealtime(
  settings: RingdraftSettings,
  draftId: string,
  callbacks: () => UseDraftRealtimeOptions,
): Realtime {
  let running = false;
  const { state, subscribe, start, stop, resume } = createDraftConnection({
    ...settings,
    draftId,
    get from() {
      return callbacks().from ?? 'now';
    },
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
    retry: () => {
      if (running) start();
    },
    refresh: () => {
      if (!running) return;
      start();
      resume();
    },
  };
}

function notifyByType(callbacks: UseDraftRealtimeOptions, event: DraftEvent): void {
  switch (event.type) {
    case 'collab.segment_added':
      callbacks.onSegmentAdded?.({ ...event.data, draft_id: event.draft_id }, event);
      return;
    case 'collab.ring_passed':
      callbacks.onRingPassed?.(event.data.from_user_id, event.data.to_user_id, event);
      return;
    case 'collab.collaborator_added':
      callbacks.onCollaboratorAdded?.(event.data.collaborator_id, event);
      return;
    case 'collab.collaborator_removed':
      callbacks.onCollaboratorRemoved?.(event.data.collaborator_id, event);
      return;
    case 'collab.collaborator_updated':
      callbacks.onCollaboratorUpdated?.(event.data.collaborator_id, event);
      return;
    case 'collab.ring_requested':
      callbacks.onRingRequested?.(event.data.user_id, event);
      return;
    case 'collab.ring_request_removed':
      callbacks.onRingRequestRemoved?.(event.data.user_id, event);
      return;
    case 'collab.draft_updated':
      callbacks.onDraftUpdated?.(event.data, event);
      return;
    case 'collab.draft_created':
    case 'unknown':
      return;
  }
}
