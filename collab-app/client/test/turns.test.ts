import { describe, expect, it } from 'vitest';
import { defaultTurnPolicy, type Draft, type Role, type TurnOrder } from '../src/draft.js';
import { emptyDraftState, reduceDraft, type DraftState } from '../src/draftStore.js';
import type { KnownEvent } from '../src/frames.js';
import { parseEvent } from '../src/realtime.js';
import { nextHolder, turnEndsAt } from '../src/turns.js';
import { ANA, BEN, CLEO, DRAFT_ID, NOON, VERA, firstRing, newDraft, segmentAdded } from './cast.js';

const everyOrder: readonly TurnOrder[] = ['manual', 'round_robin', 'least_recent', 'requests_first'];
const ONE_LATER = '2026-11-23T12:00:01.123Z';

function members(...roles: readonly (readonly [string, Role])[]): Draft['collaborators'] {
  return roles.map(([user_id, role]) => ({ user_id, role, joined_at: NOON }));
}

/** ANA created, BEN and CLEO joined as contributors, VERA as a viewer; these held the ring one after the other. */
function draftOf(order: TurnOrder, holders: readonly string[], part: Partial<Draft['ring_state']> = {}): Draft {
  return newDraft({
    collaborators: members([BEN, 'contributor'], [VERA, 'viewer'], [CLEO, 'contributor']),
    turn_policy: { ...defaultTurnPolicy, order },
    ring_state: {
      ...firstRing,
      current_holder_id: holders.at(-1) ?? ANA,
      term: holders.length,
      holders_history: holders,
      ...part,
    },
  });
}

function asksOf(...users: readonly string[]): Draft['ring_state']['requests'] {
  return users.map((user_id) => ({ user_id, requested_at: NOON }));
}

type Body<Event> = Event extends KnownEvent ? Pick<Event, 'type' | 'data'> : never;

function apply(draft: Draft, ...bodies: readonly Body<KnownEvent>[]): DraftState {
  const known = reduceDraft(emptyDraftState, { type: 'snapshot', draft });
  return bodies.reduce((state, body, index) => {
    const envelope = { draft_id: DRAFT_ID, revision: draft.revision + index + 1, ts: ONE_LATER, user_id: ANA };
    return reduceDraft(state, { type: 'event', event: { ...envelope, ...body } as KnownEvent });
  }, known);
}

describe('the next holder', () => {
  it('is, in turn, the next in the order in which the members joined, the creator first', () => {
    const after = (...holders: readonly string[]) => nextHolder(draftOf('round_robin', holders));
    expect(after(ANA)).toEqual({ kind: 'known', userId: BEN });
    expect(after(ANA, BEN)).toEqual({ kind: 'known', userId: CLEO });
    expect(after(ANA, BEN, CLEO)).toEqual({ kind: 'known', userId: ANA });
  });

  it('is the member who waited longest; one who never held the ring comes first, then the one who joined first', () => {
    const after = (...holders: readonly string[]) => nextHolder(draftOf('least_recent', holders));
    expect(after(ANA)).toEqual({ kind: 'known', userId: BEN });
    expect(after(ANA, CLEO, ANA)).toEqual({ kind: 'known', userId: BEN });
    expect(after(ANA, CLEO, BEN, ANA)).toEqual({ kind: 'known', userId: CLEO });
    expect(after(ANA, CLEO, ANA, BEN)).toEqual({ kind: 'known', userId: CLEO });
  });

  it('is one who was removed and added again, like one who never held the ring', () => {
    const draft = draftOf('least_recent', [ANA, BEN, CLEO, ANA]);
    const again = [...draft.collaborators.filter(({ user_id }) => user_id !== CLEO), ...members([CLEO, 'contributor'])];
    const collaborators = again.map((member) =>
      member.user_id === CLEO ? { ...member, joined_at: ONE_LATER } : member,
    );
    expect(nextHolder(draft)).toMatchObject({ userId: BEN });
    expect(nextHolder({ ...draft, collaborators })).toMatchObject({ userId: CLEO });
  });

  it('is the first who asks, where requests come first, and else the one who waited longest', () => {
    expect(nextHolder(draftOf('requests_first', [ANA], { requests: asksOf(CLEO, BEN) }))).toMatchObject({
      userId: CLEO,
    });
    expect(nextHolder(draftOf('requests_first', [ANA, BEN, CLEO]))).toMatchObject({ userId: ANA });
  });

  it('is, by default, the first who asks, else the creator, else the one who waited longest', () => {
    expect(nextHolder(draftOf('manual', [ANA, BEN], { requests: asksOf(CLEO) }))).toMatchObject({ userId: CLEO });
    expect(nextHolder(draftOf('manual', [ANA, BEN]))).toMatchObject({ userId: ANA });
    expect(nextHolder(draftOf('manual', [ANA]))).toMatchObject({ userId: BEN });
  });

  it.each(everyOrder)('is never away, a viewer or the holder, by %s', (order) => {
    const requests = asksOf(BEN, VERA, ANA, CLEO);
    expect(nextHolder(draftOf(order, [ANA], { away: [BEN], requests }))).toEqual({ kind: 'known', userId: CLEO });
    expect(nextHolder(draftOf(order, [ANA], { away: [BEN, CLEO], requests }))).toEqual({ kind: 'known', userId: null });
  });

  it('is unknown only while several eligible members may have held the ring before the known history', () => {
    const since = draftOf('least_recent', [ANA], { term: 60 });
    expect(nextHolder(since)).toEqual({ kind: 'unknown' });
    expect(nextHolder(draftOf('least_recent', [ANA], { term: 60, away: [BEN] }))).toMatchObject({ userId: CLEO });
    expect(nextHolder(draftOf('least_recent', [BEN, ANA], { term: 60 }))).toMatchObject({ userId: CLEO });
    expect(nextHolder(draftOf('round_robin', [ANA], { term: 60 }))).toMatchObject({ userId: BEN });
  });
});

describe('the deadline of a turn', () => {
  const limited = newDraft({ turn_policy: { ...defaultTurnPolicy, max_seconds: 90 } });

  it('is so many seconds after its start, and none without a limit or while the draft is not active', () => {
    expect(turnEndsAt(limited, NOON)).toBe('2026-11-23T12:01:30.123Z');
    expect(turnEndsAt(newDraft(), NOON)).toBeNull();
    expect(turnEndsAt({ ...limited, status: 'locked' }, NOON)).toBeNull();
  });

  it('follows a new policy, counted from the start of the turn', () => {
    const turn_policy = { ...defaultTurnPolicy, max_seconds: 10 };
    const { draft } = apply(limited, { type: 'collab.draft_updated', data: { turn_policy } });
    expect(draft?.turn_policy).toEqual(turn_policy);
    expect(draft?.ring_state.turn_ends_at).toBe('2026-11-23T12:00:10.123Z');
  });

  it('stands still while the draft is locked, and starts anew with it', () => {
    const locked = apply(limited, { type: 'collab.draft_updated', data: { status: 'locked' } });
    expect(locked.draft?.ring_state.turn_ends_at).toBeNull();
    const again = apply(
      limited,
      { type: 'collab.draft_updated', data: { status: 'locked' } },
      { type: 'collab.draft_updated', data: { status: 'active' } },
    );
    expect(again.draft?.ring_state).toMatchObject({
      turn_started_at: ONE_LATER,
      turn_ends_at: '2026-11-23T12:01:31.123Z',
    });
  });
});

describe('the ring of a draft', () => {
  const draft = draftOf('manual', [ANA], { requests: asksOf(CLEO, BEN), turn_segments: 2, next_user_id: CLEO });

  it('keeps the end of the new turn, and takes the request of the new holder', () => {
    const passed = apply(draft, {
      type: 'collab.ring_passed',
      data: { from_user_id: ANA, to_user_id: CLEO, term: 2, reason: 'passed', turn_ends_at: '2026-11-23T13:00:00Z' },
    });
    expect(passed.draft?.ring_state).toEqual({
      current_holder_id: CLEO,
      term: 2,
      holders_history: [ANA, CLEO],
      passed_at: ONE_LATER,
      turn_started_at: ONE_LATER,
      turn_ends_at: '2026-11-23T13:00:00Z',
      turn_segments: 0,
      next_user_id: BEN,
      requests: asksOf(BEN),
      away: [],
    });
  });

  it('counts the segments of a turn', () => {
    const { type, data } = segmentAdded(2, 0);
    expect(apply(draft, { type, data }).draft?.ring_state.turn_segments).toBe(3);
  });

  it('queues a request, and forgets one that is withdrawn or declined', () => {
    const asked = { user_id: BEN, requested_at: ONE_LATER };
    const queued = apply(draftOf('manual', [ANA]), { type: 'collab.ring_requested', data: asked });
    expect(queued.draft?.ring_state).toMatchObject({ requests: [asked], next_user_id: BEN });
    const declined = apply(draft, { type: 'collab.ring_request_removed', data: { user_id: CLEO, reason: 'declined' } });
    expect(declined.draft?.ring_state).toMatchObject({ requests: asksOf(BEN), next_user_id: BEN });
  });

  it('knows who is away, and keeps their place in the queue', () => {
    const away = { collaborator_id: CLEO, away: true, reason: 'missed_turns' };
    const gone = apply(draft, { type: 'collab.collaborator_updated', data: away });
    expect(gone.draft?.ring_state).toMatchObject({ away: [CLEO], requests: asksOf(CLEO, BEN), next_user_id: BEN });
    const back = apply(
      draft,
      { type: 'collab.collaborator_updated', data: away },
      { type: 'collab.collaborator_updated', data: { ...away, away: false, reason: 'active_again' } },
    );
    expect(back.draft?.ring_state).toMatchObject({ away: [], next_user_id: CLEO });
  });

  it('forgets the request of one who becomes a viewer or leaves', () => {
    const demoted = apply(draft, {
      type: 'collab.collaborator_updated',
      data: { collaborator_id: CLEO, role: 'viewer', reason: 'creator' },
    });
    expect(demoted.draft?.collaborators).toEqual(members([BEN, 'contributor'], [VERA, 'viewer'], [CLEO, 'viewer']));
    expect(demoted.draft?.ring_state).toMatchObject({ requests: asksOf(BEN), next_user_id: BEN });
    const left = apply(draft, { type: 'collab.collaborator_removed', data: { collaborator_id: CLEO } });
    expect(left.draft?.ring_state).toMatchObject({ requests: asksOf(BEN), next_user_id: BEN });
  });

  it('has no next holder where the events do not tell, until a snapshot does', () => {
    const long = draftOf('least_recent', [ANA], { term: 60 });
    const passed = apply(long, {
      type: 'collab.ring_passed',
      data: { from_user_id: ANA, to_user_id: ANA, term: 61, reason: 'passed' },
    });
    expect([passed.isNextKnown, passed.draft?.ring_state.next_user_id]).toEqual([false, null]);
    const read = { ...long, ring_state: { ...long.ring_state, next_user_id: BEN } };
    expect(reduceDraft(passed, { type: 'snapshot', draft: read })).toBe(passed);
    const told = reduceDraft(passed, { type: 'snapshot', draft: { ...read, revision: 2 } });
    expect([told.isNextKnown, told.draft?.ring_state.next_user_id]).toEqual([true, BEN]);
  });
});

describe('an event of a newer server', () => {
  it('with an order that is not known here is read as one of the default order', () => {
    const envelope = { draft_id: DRAFT_ID, revision: 2, ts: NOON, user_id: ANA };
    const turn_policy = { ...defaultTurnPolicy, order: 'by_lot' };
    expect(parseEvent({ ...envelope, type: 'collab.draft_updated', data: { turn_policy } })).toMatchObject({
      data: { turn_policy: defaultTurnPolicy },
    });
  });
});
