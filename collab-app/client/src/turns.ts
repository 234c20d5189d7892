import type { DraftSummary, RingState } from './draft.js';

/** The next holder as far as the events tell; `userId` is null when nobody is eligible. */
export type NextHolder = { readonly kind: 'known'; readonly userId: string | null } | { readonly kind: 'unknown' };

type DraftOfTurns = Pick<DraftSummary, 'creator_id' | 'collaborators' | 'ring_state' | 'turn_policy' | 'status'>;

/**
 * The next holder by the draft's policy, as the server chooses it. Unknown when several eligible members last held the
 * ring before `holders_history` begins.
 */
export function nextHolder({
  creator_id,
  collaborators,
  ring_state: ring,
  turn_policy: policy,
}: DraftOfTurns): NextHolder {
  const others = collaborators.filter(({ user_id, role }) => role !== 'viewer' && user_id !== creator_id);
  const writers = [creator_id, ...others.map(({ user_id }) => user_id)];
  const isEligible = (userId: string) => userId !== ring.current_holder_id && !ring.away.includes(userId);
  const eligible = writers.filter(isEligible);
  if (policy.order === 'round_robin') {
    const holder = writers.indexOf(ring.current_holder_id);
    return known([...writers.slice(holder + 1), ...writers.slice(0, holder + 1)].find(isEligible));
  }
  if (policy.order !== 'least_recent') {
    const request = ring.requests.find(({ user_id }) => eligible.includes(user_id));
    if (request !== undefined) return known(request.user_id);
    if (policy.order === 'manual' && eligible.includes(creator_id)) return known(creator_id);
  }
  // A member who was removed and added again counts as one who never held the ring.
  const isNew = (userId: string) =>
    others.some(({ user_id, joined_at }) => user_id === userId && Date.parse(joined_at) > Date.parse(ring.passed_at));
  return leastRecent(eligible, isNew, ring);
}

/** `eligible` is in joining order, which decides between those who never held the ring. */
function leastRecent(
  eligible: readonly string[],
  isNew: (userId: string) => boolean,
  { holders_history: history, term }: RingState,
): NextHolder {
  const unseen = eligible.filter((userId) => isNew(userId) || !history.includes(userId));
  if (unseen.length > 1 && term > history.length) return { kind: 'unknown' };
  const seen = [...eligible].sort((one, other) => history.lastIndexOf(one) - history.lastIndexOf(other));
  return known(unseen[0] ?? seen[0]);
}

function known(userId: string | undefined): NextHolder {
  return { kind: 'known', userId: userId ?? null };
}

/** The deadline of a turn that began at an instant. */
export function turnEndsAt({ status, turn_policy }: DraftOfTurns, startedAt: string): string | null {
  const { max_seconds: seconds } = turn_policy;
  if (status !== 'active' || seconds === null) return null;
  return new Date(Date.parse(startedAt) + seconds * 1_000).toISOString();
}
