/** A draft as the server sends it. The names are those of the wire: pushed, polled and stored drafts have one shape. */

export type DraftStatus = 'active' | 'locked' | 'completed';

/** A contributor may hold the ring; a viewer only reads. */
export type Role = 'contributor' | 'viewer';

export type Platform = 'x' | 'instagram' | 'tiktok' | 'youtube' | 'blog';

/** How the next holder is chosen when the holder does not name one. */
export type TurnOrder = 'manual' | 'round_robin' | 'least_recent' | 'requests_first';

/** A draft's rules for how long a turn lasts and who is next. Null stands for no limit. */
export interface TurnPolicy {
  readonly order: TurnOrder;
  readonly max_seconds: number | null;
  readonly max_segments: number | null;
  /** After so many missed turns in a row a member is away. */
  readonly away_after_missed: number | null;
}

/** The policy of a draft whose creator set none, and of one from a server that knows none. */
export const defaultTurnPolicy: TurnPolicy = {
  order: 'manual',
  max_seconds: null,
  max_segments: null,
  away_after_missed: 2,
};

/** A member's recorded wish to hold the ring. */
export interface RingRequest {
  readonly user_id: string;
  readonly requested_at: string;
}

/** The single right to write. `term` counts the passes from 1; `holders_history` ends with the current holder. */
export interface RingState {
  readonly current_holder_id: string;
  readonly term: number;
  /** The last 50 holders. */
  readonly holders_history: readonly string[];
  readonly passed_at: string;
  readonly turn_started_at: string;
  /** The deadline of the turn; null without a limit, and while the draft is not active. */
  readonly turn_ends_at: string | null;
  /** The number of segments written in this turn. */
  readonly turn_segments: number;
  /** The member who would be next now; null when nobody is eligible. */
  readonly next_user_id: string | null;
  /** The oldest first. */
  readonly requests: readonly RingRequest[];
  /** The members whom the server skips when it chooses the next holder. */
  readonly away: readonly string[];
}

export interface Collaborator {
  readonly user_id: string;
  readonly role: Role;
  readonly joined_at: string;
}

/** A member after a change of role or attendance; of the creator, who is no collaborator, the role stays. */
export interface CollaboratorChanged extends Collaborator {
  readonly away: boolean;
}

/** One contribution; immutable. `position` counts 0, 1, 2 … without gaps and is given by the server. */
export interface Segment {
  readonly segment_id: string;
  readonly draft_id: string;
  readonly author_user_id: string;
  readonly content: string;
  readonly position: number;
  readonly created_at: string;
}

/** A draft without its segments, as in a list. The creator is a member without being among the collaborators. */
export interface DraftSummary {
  readonly draft_id: string;
  readonly creator_id: string;
  readonly title: string;
  readonly platform: string | null;
  readonly status: DraftStatus;
  readonly revision: number;
  readonly epoch: string;
  readonly turn_policy: TurnPolicy;
  readonly ring_state: RingState;
  readonly collaborators: readonly Collaborator[];
  readonly segment_count: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Draft extends DraftSummary {
  /** Up to the last one without a gap. The first ones may be missing: `segment_count` counts all. */
  readonly segments: readonly Segment[];
}

/** Where a reader stands: the number of the last event it knows, in the history that the number counts in. */
export interface Position {
  readonly revision: number;
  readonly epoch: string;
}

/** What somebody who has the draft open does; the server takes typing back by itself when it is not said again. */
export type PresenceState = 'viewing' | 'typing';

/** One person who has the draft open, in however many tabs. */
export interface PresentUser {
  readonly user_id: string;
  readonly connections: number;
  readonly since: string;
  readonly state: PresenceState;
}

/** The limits of the server's defaults, for counters and hints; the server is what decides. */
export const limits = {
  titleCodePoints: 200,
  contentCodePoints: 500,
  collaborators: 100,
  segments: 10_000,
} as const;
