import type { ApiProblem } from '../apiProblem.js';
import type { ConnectionStatus } from '../draftConnection.js';
import type { Draft } from '../draft.js';
import type {
  CollaboratorAddedEvent,
  CollaboratorRemovedEvent,
  DraftEvent,
  DraftUpdatedEvent,
  RingPassedEvent,
  SegmentAddedEvent,
} from '../frames.js';

export interface UseDraftRealtimeOptions {
  readonly draftId: string;
  /** True when left out. */
  readonly enabled?: boolean;
  readonly onSegmentAdded?: (event: SegmentAddedEvent) => void;
  readonly onRingPassed?: (event: RingPassedEvent) => void;
  readonly onCollaboratorAdded?: (event: CollaboratorAddedEvent) => void;
  readonly onCollaboratorRemoved?: (event: CollaboratorRemovedEvent) => void;
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

export declare function useDraftRealtime(options: UseDraftRealtimeOptions): DraftRealtime;
