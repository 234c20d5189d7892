import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Draft } from '../src/draft.js';
import {
  createDraftStore,
  emptyDraftState,
  reduceDraft,
  type DraftAction,
  type DraftState,
} from '../src/draftStore.js';
import type { DraftEvent } from '../src/frames.js';
import { ANA, BEN, CLEO, DRAFT_ID, NOON, firstRing, newDraft, segmentAdded } from './cast.js';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
console.log(`draftStore properties: FC_SEED=${String(seed)}`);
const runs = { seed, numRuns: 300 };

type Step = 'segment' | 'pass' | 'join' | 'leave' | 'title' | 'status' | 'unknown';

/** A history and, for each of its revisions, the draft as it was then: `drafts[i]` is the draft at revision i + 1. */
function historyOf(steps: readonly Step[]): {
  readonly events: readonly DraftEvent[];
  readonly drafts: readonly Draft[];
} {
  const events: DraftEvent[] = [];
  const drafts: Draft[] = [newDraft()];
  steps.forEach((step, index) => {
    const before = drafts.at(-1) ?? newDraft();
    const revision = index + 2;
    const ts = new Date(Date.parse(NOON) + index).toISOString();
    const envelope = { draft_id: DRAFT_ID, revision, ts, user_id: ANA };
    const after = { ...before, revision, updated_at: ts };
    switch (step) {
      case 'segment': {
        const event = { ...segmentAdded(revision, before.segment_count), ts };
        after.segments = [...before.segments, { ...event.data, draft_id: DRAFT_ID }];
        after.segment_count = before.segment_count + 1;
        after.ring_state = { ...before.ring_state, turn_segments: before.ring_state.turn_segments + 1 };
        events.push(event);
        break;
      }
      case 'pass': {
        const from = before.ring_state.current_holder_id;
        const to = from === ANA ? BEN : ANA;
        const term = before.ring_state.term + 1;
        const history = [...before.ring_state.holders_history, to];
        after.ring_state = {
          ...firstRing,
          current_holder_id: to,
          term,
          holders_history: history.length > 50 ? history.slice(1) : history,
          passed_at: ts,
          turn_started_at: ts,
          next_user_id: from === ANA ? ANA : null,
        };
        events.push({
          ...envelope,
          type: 'collab.ring_passed',
          data: { from_user_id: from, to_user_id: to, term, reason: 'passed' },
        });
        break;
      }
      case 'join':
        after.collaborators = [...before.collaborators, { user_id: CLEO, role: 'viewer', joined_at: ts }];
        events.push({
          ...envelope,
          type: 'collab.collaborator_added',
          data: { collaborator_id: CLEO, role: 'viewer', joined_at: ts },
        });
        break;
      case 'leave':
        after.collaborators = before.collaborators.filter((member) => member.user_id !== CLEO);
        events.push({ ...envelope, type: 'collab.collaborator_removed', data: { collaborator_id: CLEO } });
        break;
      case 'title':
        after.title = `title ${String(revision)}`;
        events.push({ ...envelope, type: 'collab.draft_updated', data: { title: after.title } });
        break;
      case 'status':
        after.status = before.status === 'active' ? 'locked' : 'active';
        if (after.status === 'active') after.ring_state = { ...before.ring_state, turn_started_at: ts };
        events.push({ ...envelope, type: 'collab.draft_updated', data: { status: after.status } });
        break;
      case 'unknown':
        events.push({ ...envelope, type: 'unknown', name: 'collab.something_new' });
    }
    drafts.push(after);
  });
  return { events, drafts };
}

const steps = fc.array(fc.constantFrom<Step>('segment', 'pass', 'join', 'leave', 'title', 'status', 'unknown'), {
  minLength: 1,
  maxLength: 70,
});

function reduceAll(actions: readonly DraftAction[], from: DraftState = emptyDraftState): DraftState {
  return actions.reduce(reduceDraft, from);
}

describe('the draft, as it follows from what a server sends', () => {
  it('is the same by events as by a snapshot, from any revision on', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, at) => {
        const { events, drafts } = historyOf(given);
        const start = at % drafts.length;
        const snapshot = drafts[start];
        if (snapshot === undefined) throw new Error('no snapshot');
        const state = reduceAll([
          { type: 'snapshot', draft: snapshot },
          ...events.slice(start).map((event): DraftAction => ({ type: 'event', event })),
        ]);
        expect(state).toEqual({ draft: drafts.at(-1), missing: 'nothing', isNextKnown: true });
      }),
      runs,
    );
  });

  it('is, whatever comes in whatever order, one that the history holds, and never goes back', () => {
    const arrivals = fc.array(fc.record({ isSnapshot: fc.boolean(), which: fc.nat() }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, arrivals, (given, came) => {
        const { events, drafts } = historyOf(given);
        let state = emptyDraftState;
        for (const { isSnapshot, which } of came) {
          const before = state.draft?.revision ?? 0;
          const draft = drafts[which % drafts.length];
          const event = events[which % events.length];
          if (draft === undefined || event === undefined) throw new Error('an empty history');
          state = reduceDraft(state, isSnapshot ? { type: 'snapshot', draft } : { type: 'event', event });
          const after = state.draft?.revision ?? 0;
          expect(after).toBeGreaterThanOrEqual(before);
          if (state.draft !== null) expect(state.draft).toEqual(drafts[after - 1]);
        }
      }),
      runs,
    );
  });

  it('asks for events exactly when one came that leaves a gap', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, which) => {
        const { events, drafts } = historyOf(given);
        const event = events[which % events.length];
        const [first] = drafts;
        if (event === undefined || first === undefined) throw new Error('an empty history');
        const state = reduceAll([
          { type: 'snapshot', draft: first },
          { type: 'event', event },
        ]);
        expect(state.missing).toBe(event.revision === 2 ? 'nothing' : 'events');
      }),
      runs,
    );
  });

  it('stays the same object when nothing new was said', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, which) => {
        const { events, drafts } = historyOf(given);
        const event = events[which % events.length];
        const last = drafts.at(-1);
        if (event === undefined || last === undefined) throw new Error('an empty history');
        const state = reduceAll([{ type: 'snapshot', draft: last }]);
        expect(reduceDraft(state, { type: 'event', event })).toBe(state);
      }),
      runs,
    );
  });

  it('waits for a snapshot before anything, and again in another epoch', () => {
    const before = reduceDraft(emptyDraftState, { type: 'event', event: segmentAdded(2, 0) });
    expect(before).toBe(emptyDraftState);

    const known = reduceAll([{ type: 'snapshot', draft: newDraft({ revision: 9 }) }]);
    expect(reduceDraft(known, { type: 'epoch', epoch: 'e1' })).toBe(known);
    const moved = reduceDraft(known, { type: 'epoch', epoch: 'e2' });
    expect(moved.missing).toBe('snapshot');
    expect(reduceDraft(moved, { type: 'event', event: segmentAdded(10, 0) })).toBe(moved);

    const restored = newDraft({ revision: 3, epoch: 'e2' });
    expect(reduceDraft(moved, { type: 'snapshot', draft: restored }).draft).toEqual(restored);
  });

  it('closes a gap with the event that was missing', () => {
    const state = reduceAll([
      { type: 'snapshot', draft: newDraft() },
      { type: 'event', event: segmentAdded(3, 1) },
      { type: 'event', event: segmentAdded(2, 0) },
    ]);
    expect(state.missing).toBe('nothing');
    expect(state.draft?.revision).toBe(2);
  });

  it('notifies its watchers of each change, and of nothing else', () => {
    const store = createDraftStore();
    const listener = vi.fn();
    const unsubscribe = store.subscribe(listener);
    store.dispatch({ type: 'snapshot', draft: newDraft() });
    store.dispatch({ type: 'event', event: segmentAdded(2, 0) });
    store.dispatch({ type: 'event', event: segmentAdded(2, 0) });
    expect(listener).toHaveBeenCalledTimes(2);
    unsubscribe();
    store.dispatch({ type: 'event', event: segmentAdded(3, 1) });
    expect(listener).toHaveBeenCalledTimes(2);
    expect(store.state().draft?.segment_count).toBe(2);
  });
});
