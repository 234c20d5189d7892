import type { Draft, RingState, Segment } from './draft.js';
import type { CollaboratorUpdatedEvent, DraftEvent, DraftUpdatedEvent } from './frames.js';
import { createSource, type Subscribable } from './subscribable.js';
import { nextHolder, turnEndsAt } from './turns.js';

/** `missing` says what has to be asked for before the draft can go on. */
export interface DraftState {
  readonly draft: Draft | null;
  readonly missing: 'nothing' | 'events' | 'snapshot';
  /**
   * False while `next_user_id` is null because the events do not tell: members who last held the ring before
   * `holders_history` begins. Only the server knows their order.
   */
  readonly isNextKnown: boolean;
}

export type DraftAction =
  | { readonly type: 'older'; readonly segments: readonly Segment[]; readonly epoch: string }
  | { readonly type: 'event'; readonly event: DraftEvent }
  /** `replacesNewer` is for a server that does not know the newer revision any more. */
  | { readonly type: 'snapshot'; readonly draft: Draft; readonly replacesNewer?: boolean }
  | { readonly type: 'epoch'; readonly epoch: string };

export const emptyDraftState: DraftState = { draft: null, missing: 'snapshot', isNextKnown: true };

const maxHolders = 50;

/**
 * The next state; pure, and total over what a server may send.
 *
 * | action | effect |
 * |---|---|
 * | event of a known revision | none |
 * | the next event | applied |
 * | a later event | none; `missing: events` |
 * | snapshot | replaces the draft, unless it is older in the same epoch and does not replace newer ones |
 * | older segments | put before the first, unless they leave a gap or are of another epoch |
 * | another epoch | `missing: snapshot`; events wait for it |
 */
export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'snapshot':
      return withSnapshot(state, action.draft, action.replacesNewer ?? false);
    case 'older':
      return withOlder(state, action.segments, action.epoch);
    case 'epoch':
      return state.draft?.epoch === action.epoch || state.missing === 'snapshot'
        ? state
        : { ...state, missing: 'snapshot' };
    case 'event':
      return withEvent(state, action.event);
  }
}

function withSnapshot(state: DraftState, draft: Draft, replacesNewer: boolean): DraftState {
  const known = state.draft;
  const isOlder = known?.epoch === draft.epoch && known.revision > draft.revision;
  if (isOlder && !replacesNewer) return state;
  const isContinued = known?.epoch === draft.epoch && !isOlder;
  return {
    draft: isContinued ? withOlderSegments(draft, known.segments) : draft,
    missing: 'nothing',
    isNextKnown: true,
  };
}

function withOlder(state: DraftState, older: readonly Segment[], epoch: string): DraftState {
  const { draft } = state;
  return draft?.epoch === epoch ? { ...state, draft: withOlderSegments(draft, older) } : state;
}

function withOlderSegments(draft: Draft, older: readonly Segment[]): Draft {
  const from = loadedFrom(draft);
  const before = older.filter(({ position }) => position < from);
  if (before.at(-1)?.position !== from - 1) return draft;
  return { ...draft, segments: [...before, ...draft.segments] };
}

/** The position of the first segment that is known; 0 when none is missing. */
export function loadedFrom({ segments, segment_count }: Draft): number {
  return segments[0]?.position ?? segment_count;
}

function withEvent(state: DraftState, event: DraftEvent): DraftState {
  const { draft, missing } = state;
  if (draft === null || missing === 'snapshot' || event.revision <= draft.revision) return state;
  if (event.revision > draft.revision + 1) return missing === 'events' ? state : { ...state, missing: 'events' };
  const evolved = { ...evolve(draft, event), revision: event.revision, updated_at: event.ts };
  if (event.type === 'collab.segment_added' || event.type === 'unknown') {
    return { ...state, draft: evolved, missing: 'nothing' };
  }
  const next = nextHolder(evolved);
  return {
    draft: withRing(evolved, { next_user_id: next.kind === 'known' ? next.userId : null }),
    missing: 'nothing',
    isNextKnown: next.kind === 'known',
  };
}

function withRing(draft: Draft, part: Partial<RingState>): Draft {
  return { ...draft, ring_state: { ...draft.ring_state, ...part } };
}

function without(userId: string, { requests, away }: RingState): Pick<RingState, 'requests' | 'away'> {
  return {
    requests: requests.filter((request) => request.user_id !== userId),
    away: away.filter((member) => member !== userId),
  };
}

function evolve(draft: Draft, event: DraftEvent): Draft {
  switch (event.type) {
    case 'collab.segment_added':
      return {
        ...withRing(draft, { turn_segments: draft.ring_state.turn_segments + 1 }),
        segments: [...draft.segments, { ...event.data, draft_id: event.draft_id }],
        segment_count: draft.segment_count + 1,
      };
    case 'collab.ring_passed': {
      const { to_user_id: holder, term, turn_ends_at = null } = event.data;
      return withRing(draft, {
        current_holder_id: holder,
        term,
        holders_history: [...draft.ring_state.holders_history, holder].slice(-maxHolders),
        passed_at: event.ts,
        turn_started_at: event.ts,
        turn_ends_at,
        turn_segments: 0,
        requests: draft.ring_state.requests.filter(({ user_id }) => user_id !== holder),
      });
    }
    case 'collab.ring_requested':
      return withRing(draft, { requests: [...draft.ring_state.requests, event.data] });
    case 'collab.ring_request_removed': {
      const { requests } = without(event.data.user_id, draft.ring_state);
      return withRing(draft, { requests });
    }
    case 'collab.collaborator_added': {
      const { collaborator_id, role, joined_at } = event.data;
      return { ...draft, collaborators: [...draft.collaborators, { user_id: collaborator_id, role, joined_at }] };
    }
    case 'collab.collaborator_removed': {
      const { collaborator_id } = event.data;
      return {
        ...withRing(draft, without(collaborator_id, draft.ring_state)),
        collaborators: draft.collaborators.filter(({ user_id }) => user_id !== collaborator_id),
      };
    }
    case 'collab.collaborator_updated':
      return withCollaborator(draft, event.data);
    case 'collab.draft_updated':
      return withUpdate(draft, event);
    case 'collab.draft_created':
    case 'unknown':
      return draft;
  }
}

function withCollaborator(draft: Draft, change: CollaboratorUpdatedEvent['data']): Draft {
  const { collaborator_id: userId, role, away } = change;
  const { ring_state: ring } = draft;
  const present = without(userId, ring);
  return {
    ...withRing(draft, {
      ...(role === 'viewer' ? { requests: present.requests } : {}),
      ...(away === undefined ? {} : { away: [...present.away, ...(away ? [userId] : [])] }),
    }),
    collaborators: draft.collaborators.map((member) =>
      member.user_id === userId && role !== undefined ? { ...member, role } : member,
    ),
  };
}

function withUpdate(draft: Draft, { ts, data }: DraftUpdatedEvent): Draft {
  const updated = { ...draft, ...data };
  const isReopened = updated.status === 'active' && draft.status !== 'active';
  const started = isReopened ? ts : draft.ring_state.turn_started_at;
  return withRing(updated, { turn_started_at: started, turn_ends_at: turnEndsAt(updated, started) });
}

/** The reducer with a memory, and those who watch it. */
export interface DraftStore extends Subscribable<DraftState> {
  readonly dispatch: (action: DraftAction) => void;
}

export function createDraftStore(): DraftStore {
  const { state, subscribe, replace } = createSource(emptyDraftState);
  return {
    state,
    subscribe,
    dispatch: (action) => {
      replace(reduceDraft(state(), action));
    },
  };
}
