import type { DraftSummary } from '@ringdraft/client';

/** True for a draft in which the user may write now. */
export function isTurnOf(draft: DraftSummary, userId: string): boolean {
  return draft.status === 'active' && draft.ring_state.current_holder_id === userId;
}

/** The drafts in which it is the user's turn first, of these the soonest to end first; the others as they were. */
export function turnsFirst(drafts: readonly DraftSummary[], userId: string): readonly DraftSummary[] {
  const end = ({ ring_state: { turn_ends_at } }: DraftSummary): number =>
    turn_ends_at === null ? Infinity : Date.parse(turn_ends_at);
  const mine = drafts.filter((draft) => isTurnOf(draft, userId));
  const others = drafts.filter((draft) => !isTurnOf(draft, userId));
  return [...mine.sort((one, other) => (end(one) === end(other) ? 0 : end(one) - end(other))), ...others];
}
