import { defaultTurnPolicy, type Draft, type RingState } from '../src/draft.js';
import type { SegmentAddedEvent } from '../src/frames.js';
import type { PassEntry } from '../src/outbox.js';

/** ANA creates, BEN and CLEO contribute, VERA views. */
export const ANA = 'ana';
export const BEN = 'ben';
export const CLEO = 'cleo';
export const VERA = 'vera';

export const DRAFT_ID = '0197f3a0-0000-7000-8000-000000000001';
export const OTHER_DRAFT_ID = '0197f3a0-0000-7000-8000-000000000009';
export const NOON = '2026-11-23T12:00:00.123Z';

/** The ring of a draft that ANA just created alone. */
export const firstRing: RingState = {
  current_holder_id: ANA,
  term: 1,
  holders_history: [ANA],
  passed_at: NOON,
  turn_started_at: NOON,
  turn_ends_at: null,
  turn_segments: 0,
  next_user_id: null,
  requests: [],
  away: [],
};

/** A draft of ANA's at revision 1, with nothing written in it. */
export function newDraft(part: Partial<Draft> = {}): Draft {
  return {
    draft_id: DRAFT_ID,
    creator_id: ANA,
    title: 'The lighthouse',
    platform: null,
    status: 'active',
    revision: 1,
    epoch: 'e1',
    turn_policy: defaultTurnPolicy,
    ring_state: firstRing,
    collaborators: [],
    segments: [],
    segment_count: 0,
    created_at: NOON,
    updated_at: NOON,
    ...part,
  };
}

export function segmentAdded(
  revision: number,
  position: number,
  content = `text ${String(position)}`,
): SegmentAddedEvent {
  return {
    type: 'collab.segment_added',
    draft_id: DRAFT_ID,
    revision,
    ts: NOON,
    user_id: ANA,
    data: { segment_id: `s${String(position)}`, content, author_user_id: ANA, position, created_at: NOON },
  };
}

/** The recipient of a pass, in words. */
export function recipientOf({ toUserId }: PassEntry): string {
  return toUserId ?? 'next';
}
