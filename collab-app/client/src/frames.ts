import type { DraftStatus, PresenceState, PresentUser, Role, TurnPolicy } from './draft.js';

/** The frames that a server sends, one interface for each `type`. */

interface EventEnvelope<Type extends string, Data> {
  readonly type: Type;
  readonly draft_id: string;
  readonly revision: number;
  readonly ts: string;
  readonly user_id: string;
  readonly data: Data;
}

export type DraftCreatedEvent = EventEnvelope<
  'collab.draft_created',
  {
    readonly title: string;
    readonly platform: string | null;
    readonly creator_id: string;
    readonly created_at: string;
    /** Present when the creator gave one. */
    readonly turn_policy?: TurnPolicy;
  }
>;

export type SegmentAddedEvent = EventEnvelope<
  'collab.segment_added',
  {
    readonly segment_id: string;
    readonly content: string;
    readonly author_user_id: string;
    readonly position: number;
    readonly created_at: string;
  }
>;

/**
 * `reason` says how the turn ended: `passed`, `returned` (the holder left, was removed or became a viewer), `revoked`,
 * `turn_complete` or `timed_out`. A new turn has no deadline when `turn_ends_at` is null or absent.
 */
export type RingPassedEvent = EventEnvelope<
  'collab.ring_passed',
  {
    readonly from_user_id: string;
    readonly to_user_id: string;
    readonly term: number;
    readonly reason: string;
    readonly turn_ends_at?: string | null;
  }
>;

export type RingRequestedEvent = EventEnvelope<
  'collab.ring_requested',
  { readonly user_id: string; readonly requested_at: string }
>;

/** `reason`: `withdrawn` or `declined`. A request that ends with a pass, a removal or a new role has no such event. */
export type RingRequestRemovedEvent = EventEnvelope<
  'collab.ring_request_removed',
  { readonly user_id: string; readonly reason: string }
>;

export type CollaboratorAddedEvent = EventEnvelope<
  'collab.collaborator_added',
  { readonly collaborator_id: string; readonly role: Role; readonly joined_at: string }
>;

export type CollaboratorRemovedEvent = EventEnvelope<
  'collab.collaborator_removed',
  { readonly collaborator_id: string }
>;

/** Holds what changed. `reason`: `self`, `creator`, `missed_turns` or `active_again`. */
export type CollaboratorUpdatedEvent = EventEnvelope<
  'collab.collaborator_updated',
  { readonly collaborator_id: string; readonly role?: Role; readonly away?: boolean; readonly reason: string }
>;

/** Holds the fields that changed, and no others. */
export type DraftUpdatedEvent = EventEnvelope<
  'collab.draft_updated',
  { readonly title?: string; readonly status?: DraftStatus; readonly turn_policy?: TurnPolicy }
>;

/** An event of a type that this version does not know. It still counts: its revision follows the one before. */
export interface UnknownEvent {
  readonly type: 'unknown';
  readonly name: string;
  readonly draft_id: string;
  readonly revision: number;
  readonly ts: string;
  readonly user_id: string;
}

export type KnownEvent =
  | DraftCreatedEvent
  | SegmentAddedEvent
  | RingPassedEvent
  | CollaboratorAddedEvent
  | CollaboratorRemovedEvent
  | CollaboratorUpdatedEvent
  | RingRequestedEvent
  | RingRequestRemovedEvent
  | DraftUpdatedEvent;

/** A committed fact of one draft. */
export type DraftEvent = KnownEvent | UnknownEvent;

/** The first frame of every socket. `resumed` says that the events after the asked position follow. */
export interface ConnectedFrame {
  readonly type: 'connected';
  readonly draft_id: string;
  readonly user_id: string;
  readonly connection_id: string;
  readonly ts: string;
  readonly revision: number;
  readonly epoch: string;
  readonly resumed: boolean;
  readonly ping_interval_ms: number;
}

/** The asked position can't be served: fetch the draft and go on from its revision. */
export interface SnapshotRequiredFrame {
  readonly type: 'snapshot_required';
}

export interface PresenceStateFrame {
  readonly type: 'presence_state';
  readonly users: readonly PresentUser[];
}

/**
 * `joined` holds the users who came, `changed` those who were here and of whom something else is said now, `left` the
 * ids of those who went. Older servers send no `changed`, and put such users into `joined`.
 */
export interface PresenceDiffFrame {
  readonly type: 'presence_diff';
  readonly joined: readonly PresentUser[];
  readonly changed?: readonly PresentUser[];
  readonly left: readonly string[];
}

/** `revision` is the head of the draft, so that a stall is noticed. */
export interface PongFrame {
  readonly type: 'pong';
  readonly ts: string;
  readonly revision: number;
}

export interface AuthExpiringFrame {
  readonly type: 'auth_expiring';
  readonly in_ms: number;
}

export interface DrainingFrame {
  readonly type: 'draining';
  readonly reconnect_in_ms: number;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly code: string;
  readonly detail: string;
}

/** A frame of a type that this version does not know and that is no event. */
export interface UnknownFrame {
  readonly type: 'unknown';
  readonly name: string;
}

export type ServerFrame =
  | ConnectedFrame
  | DraftEvent
  | SnapshotRequiredFrame
  | PresenceStateFrame
  | PresenceDiffFrame
  | PongFrame
  | AuthExpiringFrame
  | DrainingFrame
  | ErrorFrame
  | UnknownFrame;

/** The frames that a client may send. */
export type ClientFrame =
  | { readonly type: 'ping' }
  | { readonly type: 'auth'; readonly token: string }
  | { readonly type: 'presence'; readonly state: PresenceState };
